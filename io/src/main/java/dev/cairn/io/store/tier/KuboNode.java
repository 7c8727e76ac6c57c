package dev.cairn.io.store.tier;

import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.kubo.KuboClient;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A node that is used.
 *
 * @param api its RPC endpoint
 * @param authFile the file with its credentials, or null: then they are looked for in the
 *     environment of each process that talks to it
 */
public record KuboNode(String api, @Nullable String authFile) implements Serializable {

  /** Begins a client with this process's credentials. */
  KuboClient.Builder newClient() throws IOException {
    return KuboClient.builder(Endpoint.parse(api)).credentials(credentials());
  }

  private Credentials credentials() throws IOException {
    if (authFile != null) {
      return Credentials.fromFile(Path.of(authFile));
    }
    String value = System.getenv().getOrDefault("CAIRN_KUBO_AUTH", "");
    String file = System.getenv().getOrDefault("CAIRN_KUBO_AUTH_FILE", "");
    return value.isEmpty() && !file.isEmpty()
        ? Credentials.fromFile(Path.of(file))
        : Credentials.parse(value);
  }
}
