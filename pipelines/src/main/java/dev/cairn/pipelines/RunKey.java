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
    ActionKey key =
        ActionKey.of("run")
            .part(Manifest.fingerprint(config.settings()))
            .part(model.digest())
            .part(input.toString())
            .part(config.policy().home());
    return new RunKey(config.ref(), digits(key));
  }

  /** What tells jobs of one name apart. Ends the key. */
  static String digits(ActionKey key) {
    return key.hex().substring(0, NAME_DIGITS);
  }

  /** The name of one of the run's jobs: {@code cairn-embed-caselaw-0123456789abcdef}. */
  String job(String act) {
    return "cairn-" + act + "-" + ref + "-" + digits;
  }
}
