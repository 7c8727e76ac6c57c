package dev.cairn.io.store.kubo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.HttpCall;
import java.io.IOException;
import java.time.Duration;

/** IPNS: names that are keys of a node and point at content. Safe for threads. */
public final class KuboNames {
  private final Rpc rpc;

  KuboNames(Rpc rpc) {
    this.rpc = rpc;
  }

  /**
   * Points a key's name at content. A node that is online tells its peers, which takes a while; one
   * that is not keeps the record for itself.
   *
   * @param key the key's name on the node; {@code self} is the node's own
   * @param lifetime how long the record is valid
   * @return the IPNS name
   */
  public String publish(Cid root, String key, Duration lifetime) throws IOException {
    HttpCall call =
        rpc.command("name/publish", root.toString())
            .with("arg", "/ipfs/" + root)
            .with("key", key)
            .with("lifetime", Rpc.go(lifetime))
            .with("allow-offline", "true")
            .with("resolve", "false")
            .work();
    return rpc.text(rpc.one(call), "Name", call);
  }

  /**
   * The path that a name points at: {@code /ipfs/CID}, perhaps with names behind it. IPNS records
   * are signed and the node checks the signature, but Cairn takes its word.
   *
   * @param name a name as {@link #publish} returns it, or a domain with DNSLink
   * @param search how long the node may ask the network; zero for what it knows itself
   * @throws dev.cairn.io.store.http.RefusedException if it is not found
   */
  public String resolve(String name, Duration search) throws IOException {
    HttpCall call =
        search.isZero()
            ? rpc.local("name/resolve", name)
            : rpc.command("name/resolve", name).with("timeout", Rpc.go(search));
    HttpCall named = call.with("arg", name).work();
    JsonNode answer = rpc.one(named);
    String path = rpc.text(answer, "Path", named);
    if (!path.startsWith("/ipfs/")) {
      throw rpc.bad("a path below /ipfs/", named);
    }
    return path;
  }
}
