package dev.cairn.io.store.kubo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.JsonLines;
import dev.cairn.io.store.http.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recursive pins: what a node keeps through its own garbage collection. Safe for threads. */
public final class KuboPins {
  private final Rpc rpc;
  private final Duration streamTime;

  KuboPins(Rpc rpc, Duration streamTime) {
    this.rpc = rpc;
    this.streamTime = streamTime;
  }

  /**
   * Pins a DAG that is whole on the node, which walks it. An old name is replaced.
   *
   * @param name its label; empty for none
   * @throws dev.cairn.io.block.MissingBlockException if it is not whole there; nothing is searched
   */
  public void add(Cid root, String name) throws IOException {
    // With progress the node speaks twice a second, however large the DAG.
    HttpCall call =
        rpc
            .command("pin/add", root.toString())
            .with("offline", "true")
            .with("timeout", Rpc.go(streamTime))
            .with("arg", root.toString())
            .with("name", name)
            .with("progress", "true")
            .stream();
    boolean done =
        rpc.http()
            .ask(
                call,
                reply -> {
                  JsonLines lines = JsonLines.of(reply, Rpc.MAX_LINES);
                  boolean pinned = false;
                  for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                    pinned |= line.path("Pins").size() == 1;
                  }
                  return pinned;
                });
    if (!done) {
      throw rpc.bad("the pin", call);
    }
  }

  /**
   * Removes a pin.
   *
   * @return false if there was none
   */
  public boolean remove(Cid root) throws IOException {
    HttpCall call = rpc.local("pin/rm", root.toString()).with("arg", root.toString()).work().once();
    try {
      rpc.one(call);
      return true;
    } catch (RefusedException e) {
      if (e.reason().startsWith("not pinned")) {
        return false;
      }
      throw e;
    }
  }

  /** The recursive pin of this root, if there is one. */
  public Optional<KuboPin> find(Cid root) throws IOException {
    HttpCall call =
        rpc.local("pin/ls", root.toString())
            .with("arg", root.toString())
            .with("type", "recursive")
            .with("names", "true")
            .work();
    try {
      Iterator<Map.Entry<String, JsonNode>> keys =
          rpc.one(call).path("Keys").properties().iterator();
      if (!keys.hasNext()) {
        throw rpc.bad("the pin", call);
      }
      Map.Entry<String, JsonNode> pin = keys.next();
      return Optional.of(
          new KuboPin(rpc.cid(pin.getKey(), call), pin.getValue().path("Name").asText("")));
    } catch (RefusedException e) {
      if (e.reason().contains("is not pinned")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The recursive pins whose name contains {@code part}; all for the empty text.
   *
   * @throws dev.cairn.io.store.http.BadAnswerException past {@link Rpc#MAX_LINES} of them
   */
  public List<KuboPin> list(String part) throws IOException {
    HttpCall call =
        rpc
            .local("pin/ls", part)
            .with("type", "recursive")
            .with("names", "true")
            .with("name", part)
            .with("stream", "true")
            .stream();
    return rpc.http()
        .ask(
            call,
            reply -> {
              List<KuboPin> pins = new ArrayList<>();
              JsonLines lines = JsonLines.of(reply, Rpc.MAX_LINES);
              for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                pins.add(new KuboPin(rpc.cid(line, "Cid", call), line.path("Name").asText("")));
              }
              return pins;
            });
  }

  /**
   * Moves a pin, and its name, to another root, at the cost of what differs between the two.
   *
   * @param unpin whether {@code from} loses its pin
   * @throws RefusedException if {@code from} is not pinned
   * @throws dev.cairn.io.block.MissingBlockException if {@code to} is not whole on the node
   */
  public void update(Cid from, Cid to, boolean unpin) throws IOException {
    rpc.one(
        rpc.local("pin/update", from + " to " + to)
            .with("arg", from.toString())
            .with("arg", to.toString())
            .with("unpin", Boolean.toString(unpin))
            .work()
            .once());
  }
}
