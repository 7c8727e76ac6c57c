package dev.cairn.io.dataset;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a ref points at: a dataset, the commit before it, when and by which run it was made, and
 * figures of that run. A dag-json block in which the dataset is a link and the parent is text, so
 * that whoever pins a commit holds one version and not all history (storage.md, section 4).
 *
 * @param parent the commit before, or null for a first
 * @param time of the commit, kept to the second
 * @param run the run's name: 1 to 128 of {@code A-Z a-z 0-9 . _ : -}
 * @param figures values of {@link CanonicalJson}, sorted by name
 */
public record Commit(
    Cid dataset,
    @Nullable Cid parent,
    Instant time,
    String run,
    SortedMap<String, Object> figures) {
  /** Bytes of a commit at most: figures, not data. */
  public static final int MAX_BYTES = 256 << 10;

  private static final String WHAT = "commit";
  private static final long VERSION = 1;
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  public Commit {
    time = time.truncatedTo(ChronoUnit.SECONDS);
    figures = CanonicalJson.copy(figures);
    if (!RUN.matcher(run).matches()) {
      throw new IllegalArgumentException("Cannot name run: '" + run + "' (" + RUN.pattern() + ")");
    }
  }

  /** A commit with figures in any order. */
  public static Commit of(
      Cid dataset, @Nullable Cid parent, Instant time, String run, Map<String, ?> figures) {
    return new Commit(dataset, parent, time, run, CanonicalJson.copy(figures));
  }

  /** The block that holds it. */
  public Block toBlock() {
    SortedMap<String, Object> fields = new TreeMap<>();
    fields.put("version", VERSION);
    fields.put("dataset", dataset);
    if (parent != null) {
      fields.put("parent", parent.toString());
    }
    fields.put("time", time.toString());
    fields.put("run", run);
    fields.put("figures", figures);
    byte[] bytes = CanonicalJson.writeDag(fields);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "Cannot write commit: " + bytes.length + " bytes (at most " + MAX_BYTES + ")");
    }
    return Block.of(Codec.DAG_JSON, bytes);
  }

  /**
   * Reads a commit.
   *
   * @throws MalformedContentException if the block is not exactly what {@link #toBlock} gives
   */
  public static Commit from(Block block) throws MalformedContentException {
    if (block.cid().codec() != Codec.DAG_JSON || block.size() > MAX_BYTES) {
      throw new MalformedContentException(
          "Cannot read commit: " + block + " (dag-json, at most " + MAX_BYTES + " bytes)");
    }
    JsonFields fields = JsonFields.of(WHAT, CanonicalJson.readDag(block.bytes()));
    if (fields.count("version") != VERSION) {
      throw new MalformedContentException("Cannot read commit: version (" + VERSION + ")");
    }
    Cid dataset = fields.link("dataset");
    String parent = fields.textOrNull("parent");
    String time = fields.text("time");
    String run = fields.text("run");
    SortedMap<String, Object> figures = fields.map("figures");
    fields.end();
    try {
      Cid before = parent == null ? null : Cid.parse(parent);
      Commit commit = of(dataset, before, Instant.parse(time), run, figures);
      if (commit.toBlock().cid().equals(block.cid())) {
        return commit;
      }
      throw new MalformedContentException("Cannot read commit: " + block + " (as it is written)");
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read commit: " + e.getMessage(), e);
    }
  }
}
