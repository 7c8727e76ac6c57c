package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.models.ModelIdentity;

/** What makes two runs the same: input, settings, model and the store that they work for. */
final class RunKey {
  private static final int NAME_DIGITS = 16;

  private final String ref;
  private final String digits;

  private RunKey(String ref, String digits) {
    this.ref = ref;
    this.digits = digits;
  }

  static RunKey of(EmbedConfig config, Cid input, ModelIdentity model) {
    String key =
        ActionKey.of("run")
            .part(Manifest.fingerprint(config.settings()))
            .part(model.digest())
            .part(input.toString())
            .part(config.policy().home())
            .hex();
    return new RunKey(config.ref(), key.substring(0, NAME_DIGITS));
  }

  /** The name of one of the run's jobs: {@code cairn-embed-caselaw-0123456789abcdef}. */
  String job(String act) {
    return "cairn-" + act + "-" + ref + "-" + digits;
  }
}
