package dev.cairn.io.store.kubo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.HttpReply;
import dev.cairn.io.store.http.HttpTier;
import dev.cairn.io.store.http.JsonLines;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.Timeouts;
import dev.cairn.io.store.http.TooLongException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/**
 * The RPC of a Kubo node. Memory is bounded whatever passes through; nothing is believed that can
 * be checked: blocks are hashed, an import is compared with what was sent.
 *
 * <p>Beside what {@link HttpTier} throws, all methods throw {@link MissingBlockException} where the
 * node says that it does not have a block. The node is told not to search the network, unless
 * {@link Builder#search} allows it for reading. Safe for use by several threads; closing ends
 * running calls.
 */
public final class KuboClient implements Closeable {
  private static final String HASH_ON_READ = "different hash than requested";

  private final HttpTier http;
  private final KuboFailures failures;
  private final Rpc rpc;
  private final Timeouts timeouts;
  private final Duration search;

  private KuboClient(Builder builder) {
    this.failures = new KuboFailures(builder.endpoint);
    this.timeouts = builder.timeouts;
    this.search = builder.search;
    this.http =
        HttpTier.builder(builder.endpoint)
            .credentials(builder.credentials)
            .timeouts(builder.timeouts)
            .retries(builder.retries)
            .failures(failures)
            .build();
    this.rpc = new Rpc(http, timeouts.total());
  }

  /** Begins a description of how to talk to the node at {@code endpoint}. */
  public static Builder builder(Endpoint endpoint) {
    return new Builder(endpoint);
  }

  /** How to talk to a node; what is not said is standard. */
  public static final class Builder {
    private final Endpoint endpoint;
    private Credentials credentials = Credentials.none();
    private Timeouts timeouts = Timeouts.standard();
    private Retries retries = Retries.standard();
    private Duration search = Duration.ZERO;

    private Builder(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    public Builder credentials(Credentials other) {
      credentials = other;
      return this;
    }

    public Builder timeouts(Timeouts other) {
      timeouts = other;
      return this;
    }

    public Builder retries(Retries other) {
      retries = other;
      return this;
    }

    /** How long the node may search the network for a block that is read; zero, not at all. */
    public Builder search(Duration other) {
      search = other;
      return this;
    }

    public KuboClient build() {
      return new KuboClient(this);
    }
  }

  /** Where the node listens. */
  public Endpoint endpoint() {
    return http.endpoint();
  }

  /** The node's version, as {@code 0.42.0}: the cheapest proof that it is there and is a Kubo. */
  public String version() throws IOException {
    HttpCall call = rpc.command("version", "");
    return rpc.text(rpc.one(call), "Version", call);
  }

  /** The node's peer id: who it is, whatever its address. */
  public String id() throws IOException {
    HttpCall call = rpc.local("id", "");
    return rpc.text(rpc.one(call), "ID", call);
  }

  /** The room that the node takes. */
  public RepoStat repoStat() throws IOException {
    HttpCall call = rpc.local("repo/stat", "").with("size-only", "true").work();
    JsonNode answer = rpc.one(call);
    return new RepoStat(
        rpc.number(answer, "RepoSize", call), rpc.number(answer, "StorageMax", call));
  }

  /** Recursive pins. */
  public KuboPins pins() {
    return new KuboPins(rpc, timeouts.stream());
  }

  /** The mutable file system. */
  public KuboFiles files() {
    return new KuboFiles(rpc);
  }

  /** IPNS. */
  public KuboNames names() {
    return new KuboNames(rpc);
  }

  /**
   * A block, hashed.
   *
   * @throws MissingBlockException if the node does not have it
   * @throws CorruptBlockException if its bytes are not those of the CID; another try would read the
   *     same copy
   */
  public Block blockGet(Cid cid) throws IOException {
    HttpCall call = searching("block/get", cid);
    try {
      byte[] bytes = http.ask(call, reply -> reply.bytes(Block.MAX_READ_BYTES));
      return Block.verified(cid, bytes, where());
    } catch (TooLongException e) {
      throw new CorruptBlockException(cid, where(), "more than " + Block.MAX_READ_BYTES + " bytes");
    } catch (MissingBlockException e) {
      throw new MissingBlockException(cid, where());
    } catch (RefusedException e) {
      if (e.reason().contains(HASH_ON_READ)) {
        throw new CorruptBlockException(cid, where(), "a block of another hash");
      }
      throw e;
    }
  }

  /** The size in bytes of a block on the node, which is not read; empty if it is not there. */
  public OptionalLong blockStat(Cid cid) throws IOException {
    HttpCall call = rpc.local("block/stat", cid.toString()).with("arg", cid.toString());
    try {
      return OptionalLong.of(rpc.number(rpc.one(call), "Size", call));
    } catch (MissingBlockException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Stores one block, unpinned. For many see {@link KuboStore#newWriter}. A bad copy that the node
   * has is kept by it: remove that first.
   */
  public void blockPut(Block block) throws IOException {
    HashFunction function = block.cid().multihash().function();
    HttpCall call =
        rpc.command("block/put", block.cid().toString())
            .with("mhtype", function.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .with("allow-big-block", Boolean.toString(block.size() > Block.MAX_WRITE_BYTES))
            .body(form(RequestBody.create(block.bytes())))
            .work();
    Cid stored = rpc.cid(rpc.one(call), "Key", call);
    if (!stored.multihash().equals(block.cid().multihash())) {
      throw rpc.bad("the block's own hash", call);
    }
  }

  /**
   * Removes a block.
   *
   * @return false if it was not there
   * @throws RefusedException if it is pinned
   */
  public boolean blockRemove(Cid cid) throws IOException {
    HttpCall call = rpc.local("block/rm", cid.toString()).with("arg", cid.toString()).work().once();
    String error = rpc.one(call).path("Error").asText("");
    if (error.isEmpty()) {
      return true;
    }
    IOException failure = failures.of("Cannot ask " + endpoint() + ": " + call, error);
    if (failure instanceof MissingBlockException) {
      return false;
    }
    throw failure;
  }

  /** Writes an archive, once. */
  @FunctionalInterface
  public interface Archive {
    /** Writes a CARv1 or CARv2; the stream is flushed and closed by who called. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Stores the blocks of an archive. They can be seen while they arrive, and those that arrived
   * stay when the rest does not. Not repeated, since the archive is written once.
   *
   * @param pinRoots whether the archive's roots are pinned, which must then be whole on the node
   * @return what the node counted, for comparison with what was sent
   * @throws MissingBlockException if a root cannot be pinned because it is not whole
   * @throws IOException what {@code archive} threw, as it is
   */
  public ImportStats dagImport(Archive archive, boolean pinRoots) throws IOException {
    ArchiveBody body = new ArchiveBody(archive);
    try {
      return dagImport(body, pinRoots);
    } catch (IOException e) {
      throw body.failure() == null ? e : body.failure();
    }
  }

  ImportStats dagImport(RequestBody car, boolean pinRoots) throws IOException {
    HttpCall call =
        rpc
            .command("dag/import", "")
            .with("pin-roots", Boolean.toString(pinRoots))
            .with("fast-provide-root", Boolean.toString(pinRoots))
            .with("allow-big-block", "true")
            .with("stats", "true")
            .body(form(car))
            .stream()
            .once();
    return http.ask(call, reply -> importStats(call, reply));
  }

  private ImportStats importStats(HttpCall call, HttpReply reply) throws IOException {
    ImportStats stats = null;
    JsonLines lines = JsonLines.of(reply, Rpc.MAX_LINES);
    for (JsonNode line = lines.next(); line != null; line = lines.next()) {
      String pinError = line.path("Root").path("PinErrorMsg").asText("");
      if (!pinError.isEmpty()) {
        throw failures.of("Cannot ask " + endpoint() + ": " + call, pinError);
      }
      JsonNode counted = line.path("Stats");
      if (counted.isObject()) {
        stats =
            new ImportStats(
                rpc.number(counted, "BlockCount", call),
                rpc.number(counted, "BlockBytesCount", call));
      }
    }
    if (stats == null) {
      throw rpc.bad("a count", call);
    }
    return stats;
  }

  /**
   * A DAG as a CARv1, each block once, depth first in link order. Whether it is whole only its
   * content tells: where a block is missing, the node leaves it out or ends the stream early. The
   * end of such a stream is an exception if the node explains it, which it need not.
   *
   * @throws MissingBlockException if the root is not there
   */
  public InputStream dagExport(Cid root) throws IOException {
    // Far cheaper for the node than its default, which it also falls back to where it is too old.
    HttpCall call = searching("dag/export", root);
    return http.open((search.isZero() ? call.with("local-only", "true") : call).stream()).body();
  }

  /**
   * The bytes of files, one behind the other. The node does not hash what it reads, and reads at
   * least the first block of each file before it answers.
   *
   * @param files in one answer: some thousand at most, since they are sent as one small form
   * @throws MissingBlockException if one of the first blocks is not there
   */
  public InputStream cat(List<Cid> files) throws IOException {
    String lines = files.stream().map(file -> file + "\n").collect(Collectors.joining());
    HttpCall call = searching("cat", files.size() + " files");
    return http.open(call.body(form(RequestBody.create(lines, null))).stream()).body();
  }

  /**
   * Counts a DAG, reading every block of it on the node, which does not hash them.
   *
   * @throws MissingBlockException if it is not whole there
   */
  public DagStat dagStat(Cid root) throws IOException {
    HttpCall call =
        rpc.local("dag/stat", root.toString())
            .with("arg", root.toString())
            .with("progress", "false")
            .work();
    JsonNode answer = rpc.one(call);
    return new DagStat(
        rpc.number(answer, "UniqueBlocks", call), rpc.number(answer, "TotalSize", call));
  }

  /** How errors name this node. */
  String where() {
    return KuboFailures.where(endpoint());
  }

  private HttpCall searching(String command, Cid cid) {
    return searching(command, cid.toString()).with("arg", cid.toString());
  }

  private HttpCall searching(String command, String subject) {
    HttpCall call = rpc.command(command, subject);
    return search.isZero() ? call.with("offline", "true") : call;
  }

  private static RequestBody form(RequestBody file) {
    return new MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("file", "file", file)
        .build();
  }

  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "KuboClient[" + endpoint() + "]";
  }
}
