package dev.cairn.runners.cli;

import dev.cairn.models.HubAccess;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.models.use.ModelAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether models are fetched from the Hugging Face hub: a flag of commands that name a model. */
final class FetchOption {
  @Option(
      names = "--fetch",
      negatable = true,
      description =
          "Fetch a model hf://... that is not on this machine (default: unless"
              + " TRANSFORMERS_PATCH_DISABLE or HF_HUB_OFFLINE is set).")
  private @Nullable Boolean fetch;

  /** How models are come by. */
  ModelAccess access(RemoteLimits limits) {
    HubAccess hub = HubAccess.of(System.getenv());
    return new ModelAccess(limits, fetch == null ? hub : hub.fetching(fetch));
  }
}
