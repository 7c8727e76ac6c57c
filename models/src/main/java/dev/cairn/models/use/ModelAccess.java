package dev.cairn.models.use;

import dev.cairn.models.HubAccess;
import dev.cairn.models.remote.RemoteLimits;

/**
 * How models are come by that are not on this machine.
 *
 * @param limits how endpoints are asked
 * @param hub whether and how models are fetched from the Hugging Face hub
 */
public record ModelAccess(RemoteLimits limits, HubAccess hub) {
  /** As the environment says, for somebody who waits. */
  public static ModelAccess standard() {
    return new ModelAccess(RemoteLimits.interactive(), HubAccess.of(System.getenv()));
  }
}
