package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is and what it was made from: {@code manifest.json}. A function of input, model
 * and settings; nothing of time, host or history is in it. Immutable.
 */
public final class Manifest {
  /** The file's name in a dataset. */
  public static final String FILE = "manifest.json";

  /** The schema version that is written and read. */
  public static final long VERSION = 1;

  private static final Pattern PIPELINE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  private final String pipeline;
  private final SortedMap<String, Object> settings;
  private final Cid input;
  private final SortedMap<String, Object> model;
  private final List<String> numerics;
  private final List<Shard> shards;
  private final SortedMap<String, DataFile> files;
  private final SortedMap<String, Long> totals;
  private final SortedMap<String, Long> deadLetters;
  private final SortedMap<String, Cid> containers;

  Manifest(ManifestBuilder builder) {
    this.pipeline = builder.pipeline;
    this.settings = CanonicalJson.copy(builder.settings);
    this.input = builder.input();
    this.model = CanonicalJson.copy(builder.model);
    this.numerics = List.copyOf(builder.numerics);
    this.shards = List.copyOf(builder.shards);
    this.files = copy(builder.files);
    this.totals = copy(builder.totals);
    this.deadLetters = copy(builder.deadLetters);
    this.containers = copy(builder.containers);
    if (!PIPELINE.matcher(pipeline).matches()) {
      throw refusal("pipeline '" + pipeline + "'", PIPELINE.pattern());
    }
    checkShards();
    checkPaths();
  }

  public static ManifestBuilder builder() {
    return new ManifestBuilder();
  }

  /** The pipeline's name. */
  public String pipeline() {
    return pipeline;
  }

  /** Everything that was set and reaches the dataset's bytes: values of {@link CanonicalJson}. */
  public SortedMap<String, Object> settings() {
    return settings;
  }

  /** The SHA-256 of the settings in canonical JSON, as 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint(settings);
  }

  /** The fingerprint of settings that have no manifest yet. */
  public static String fingerprint(Map<String, ?> settings) {
    return ActionKey.of("settings").part(CanonicalJson.write(settings)).hex();
  }

  /** The CID of the input's folder. */
  public Cid input() {
    return input;
  }

  /** The model's identity: values of {@link CanonicalJson}; empty where no model was used. */
  public SortedMap<String, Object> model() {
    return model;
  }

  /**
   * The digests of the model's vectors of fixed texts: one, or several where vectors of other
   * machines were reused.
   */
  public List<String> numerics() {
    return numerics;
  }

  /** In key order; only the last may be open. */
  public List<Shard> shards() {
    return shards;
  }

  /** Files that belong to no shard, by table: the plan's dead letters. */
  public SortedMap<String, DataFile> files() {
    return files;
  }

  /** Sums by name: documents, chunks, tokens, duplicates and what a pipeline adds. */
  public SortedMap<String, Long> totals() {
    return totals;
  }

  /** A sum by name, 0 if it is not there. */
  public long total(String name) {
    return totals.getOrDefault(name, 0L);
  }

  /** Numbers of dead letters by code. */
  public SortedMap<String, Long> deadLetters() {
    return deadLetters;
  }

  /** The input's containers (zip, Parquet, JSONL) by path below the input. */
  public SortedMap<String, Cid> containers() {
    return containers;
  }

  /** All files of a table: those of the shards in key order, then the one that is of no shard. */
  public List<DataFile> table(String name) {
    List<DataFile> found = new ArrayList<>();
    shards.forEach(s -> add(found, s.tables().get(name)));
    add(found, files.get(name));
    return found;
  }

  /** The bytes of {@code manifest.json}: RFC 8785. */
  public byte[] toJson() {
    return ManifestJson.write(this);
  }

  /**
   * Reads {@code manifest.json}.
   *
   * @throws MalformedContentException if it is not exactly what {@link #toJson} gives
   */
  public static Manifest fromJson(byte[] json) throws MalformedContentException {
    return ManifestJson.read(json);
  }

  private void checkShards() {
    String before = null;
    for (int i = 0; i < shards.size(); i++) {
      String boundary = shards.get(i).boundary();
      if (boundary == null && i < shards.size() - 1) {
        throw refusal("open shard at " + i, "only the last");
      }
      if (boundary != null && before != null && KeyOrder.INSTANCE.compare(before, boundary) >= 0) {
        throw refusal("shard " + boundary, "after " + before + " in key order");
      }
      before = boundary;
    }
  }

  private void checkPaths() {
    Set<String> paths = new HashSet<>();
    List<DataFile> all = new ArrayList<>(files.values());
    shards.forEach(s -> all.addAll(s.tables().values()));
    for (DataFile file : all) {
      if (!paths.add(file.path())) {
        throw refusal("file " + file.path(), "listed once");
      }
    }
    files.keySet().forEach(Shard::checkTable);
  }

  private static void add(List<DataFile> files, @Nullable DataFile file) {
    if (file != null) {
      files.add(file);
    }
  }

  private static <T> SortedMap<String, T> copy(SortedMap<String, T> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  private static IllegalArgumentException refusal(String found, String rule) {
    return new IllegalArgumentException("Cannot make manifest: " + found + " (" + rule + ")");
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Manifest other
        && pipeline.equals(other.pipeline)
        && settings.equals(other.settings)
        && input.equals(other.input)
        && model.equals(other.model)
        && numerics.equals(other.numerics)
        && shards.equals(other.shards)
        && files.equals(other.files)
        && totals.equals(other.totals)
        && deadLetters.equals(other.deadLetters)
        && containers.equals(other.containers);
  }

  @Override
  public int hashCode() {
    return shards.hashCode() * 31 + input.hashCode();
  }
}
