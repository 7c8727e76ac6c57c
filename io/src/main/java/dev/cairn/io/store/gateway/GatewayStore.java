package dev.cairn.io.store.gateway;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.BlockFeed;
import dev.cairn.io.store.http.DagStream;
import dev.cairn.io.store.http.Egress;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.HttpReply;
import dev.cairn.io.store.http.HttpTier;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.SmallLinks;
import dev.cairn.io.store.http.SpanStream;
import dev.cairn.io.store.http.Timeouts;
import dev.cairn.io.store.http.TooLongException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a trustless gateway, one request each; {@link #stream} is for much in order.
 * Nothing that it says is believed: blocks are hashed, and answers of other types than were asked
 * for are refused. It is read without credentials, and leads only where {@link Egress} allows.
 *
 * <p>Beside what {@link HttpTier} throws, methods throw {@link MissingBlockException} where the
 * gateway does not have a block and {@link CorruptBlockException} where it has another under its
 * name. Memory: a block of {@link Block#MAX_READ_BYTES} a call. Safe for use by several threads;
 * closing ends running calls.
 */
public final class GatewayStore implements BlockStore {
  private static final String RAW = "application/vnd.ipld.raw";
  private static final String CAR = "application/vnd.ipld.car";

  /** The empty identity CID, which every gateway answers. */
  private static final String PROBE = "bafkqaaa";

  private final HttpTier http;

  private GatewayStore(Builder builder) {
    this.http =
        HttpTier.builder(builder.endpoint)
            .timeouts(builder.timeouts)
            .retries(builder.retries)
            .egress(builder.egress)
            .failures(new GatewayFailures())
            .build();
  }

  /** Begins a description of how to talk to the gateway at {@code endpoint}. */
  public static Builder builder(Endpoint endpoint) {
    return new Builder(endpoint);
  }

  /** How to talk to a gateway; what is not said is standard. */
  public static final class Builder {
    private final Endpoint endpoint;
    private Timeouts timeouts = Timeouts.standard();
    private Retries retries = Retries.standard();
    private Egress egress;

    private Builder(Endpoint endpoint) {
      this.endpoint = endpoint;
      this.egress = Egress.of(endpoint);
    }

    public Builder timeouts(Timeouts other) {
      timeouts = other;
      return this;
    }

    public Builder retries(Retries other) {
      retries = other;
      return this;
    }

    /** Where redirects and names may lead, if not as {@link Egress#of(Endpoint)} says. */
    public Builder egress(Egress other) {
      egress = other;
      return this;
    }

    public GatewayStore build() {
      return new GatewayStore(this);
    }
  }

  /** Where the gateway listens. */
  public Endpoint endpoint() {
    return http.endpoint();
  }

  @Override
  public Block get(Cid cid) throws IOException {
    if (cid.isIdentity()) {
      return Block.identity(cid);
    }
    HttpCall call = raw(HttpCall.get(path(cid), path(cid)));
    try {
      return http.ask(call, reply -> block(cid, reply));
    } catch (AbsentException e) {
      throw new MissingBlockException(cid, toString());
    }
  }

  private Block block(Cid cid, HttpReply reply) throws IOException {
    checkType(reply, RAW);
    try {
      return Block.verified(cid, reply.bytes(Block.MAX_READ_BYTES), toString());
    } catch (TooLongException e) {
      throw new CorruptBlockException(
          cid, toString(), "more than " + Block.MAX_READ_BYTES + " bytes");
    }
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    if (cid.isIdentity()) {
      return true;
    }
    try {
      return http.ask(
          raw(HttpCall.head(path(cid), path(cid))),
          reply -> {
            checkType(reply, RAW);
            return true;
          });
    } catch (AbsentException e) {
      return false;
    }
  }

  /**
   * A view for reading much; the caller closes it, and this store after it. Folders of small files
   * come many blocks at once, and a span of a file (as {@code UnixFs} reads it) with the nodes
   * above it in one answer.
   */
  public BlockStore stream() {
    DagStream dags = new DagStream(this, this::below, toString(), DagStream.STANDARD_BYTES);
    return new SpanStream(dags, this::span, toString());
  }

  private BlockFeed.@Nullable Opener below(Block node) {
    return SmallLinks.below(node) ? () -> BlockFeed.ofArchive(dag(node.cid()), toString()) : null;
  }

  /**
   * The DAG below a root as a CARv1, each block once, depth first in link order. Whether it is
   * whole only its content tells: what the gateway does not have it leaves out.
   */
  private InputStream dag(Cid root) throws IOException {
    return car(root, HttpCall.get(path(root), path(root)).with("dag-scope", "all"));
  }

  /** What is needed to read a span of a file, in the same form. */
  private InputStream span(FileSpan span) throws IOException {
    String to = span.to() == Long.MAX_VALUE ? "*" : Long.toString(span.to() - 1);
    String bytes = span.from() + ":" + to;
    String path = path(span.file());
    HttpCall call = HttpCall.get(path, path + " bytes " + bytes);
    return car(span.file(), call.with("dag-scope", "entity").with("entity-bytes", bytes));
  }

  private InputStream car(Cid root, HttpCall call) throws IOException {
    HttpCall asked =
        call.with("format", "car").header("Accept", CAR + ";version=1;order=dfs;dups=n").stream();
    HttpReply reply;
    try {
      reply = http.open(asked);
    } catch (AbsentException e) {
      throw new MissingBlockException(root, toString());
    }
    try {
      checkType(reply, CAR);
    } catch (BadAnswerException e) {
      reply.close();
      throw e;
    }
    return reply.body();
  }

  /**
   * Asks for what every trustless gateway has.
   *
   * @throws BadAnswerException if this is none
   */
  public void probe() throws IOException {
    String path = "ipfs/" + PROBE;
    HttpCall call = raw(HttpCall.get(path, path));
    try {
      http.ask(
          call,
          reply -> {
            checkType(reply, RAW);
            return reply.bytes(0);
          });
    } catch (AbsentException | TooLongException e) {
      throw new BadAnswerException(
          "Cannot use gateway: " + endpoint() + " (" + PROBE + " is due to be empty)", e);
    }
  }

  private static HttpCall raw(HttpCall call) {
    return call.with("format", "raw").header("Accept", RAW);
  }

  private static String path(Cid cid) {
    return "ipfs/" + cid;
  }

  /** What is declared as another type is a page for people, or of somebody in between. */
  private void checkType(HttpReply reply, String due) throws BadAnswerException {
    String type = reply.header("Content-Type").split(";", 2)[0].strip();
    if (!type.toLowerCase(Locale.ROOT).equals(due)) {
      String shown = type.substring(0, Math.min(type.length(), 100)).replaceAll("\\p{Cntrl}", " ");
      throw new BadAnswerException(
          "Cannot read answer: " + reply.what() + " (" + shown + " where " + due + " is due)",
          null);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  /** How errors name it. */
  @Override
  public String toString() {
    return "gateway " + endpoint();
  }
}
