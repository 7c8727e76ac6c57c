package dev.cairn.io.store.gateway;

import dev.cairn.io.store.http.HttpFailure;
import dev.cairn.io.store.http.UnavailableException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's statuses mean (trustless gateway specification, "Response Status Codes"). It has
 * not got a block (404), or does not give it to anyone (410, 451): another may. Older ones, and
 * those that search a network, say so in the words of a 500, 502 or 504; without such words these
 * tell of the gateway and not of the block, which may be there.
 */
final class GatewayFailures implements HttpFailure.Rule {
  /** Words of boxo, on which Kubo and most public gateways are built. */
  private static final List<String> NOT_FOUND =
      List.of("ipld: could not find", "block was not found", "no providers found");

  @Override
  public @Nullable IOException of(HttpFailure failure) {
    String told = failure.call() + " (" + failure.text() + ")";
    return switch (failure.status()) {
      case 200 -> new UnavailableException(told, null);
      case 404, 410, 451 -> new AbsentException(told);
      case 500, 502, 504 -> saysNotFound(failure.text()) ? new AbsentException(told) : null;
      default -> null;
    };
  }

  private static boolean saysNotFound(String text) {
    return NOT_FOUND.stream().anyMatch(text::contains);
  }
}
