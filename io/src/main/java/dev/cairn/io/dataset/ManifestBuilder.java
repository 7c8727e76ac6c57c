package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects a manifest. Pipeline, settings and input must be given. */
public final class ManifestBuilder {
  String pipeline = "";
  Map<String, ?> settings = Map.of();
  Map<String, ?> model = Map.of();
  List<String> numerics = List.of();
  final List<Shard> shards = new ArrayList<>();
  final SortedMap<String, DataFile> files = new TreeMap<>();
  final SortedMap<String, Long> totals = new TreeMap<>();
  final SortedMap<String, Long> deadLetters = new TreeMap<>();
  final SortedMap<String, Cid> containers = new TreeMap<>();
  private @Nullable Cid input;

  ManifestBuilder() {}

  public ManifestBuilder pipeline(String name) {
    pipeline = name;
    return this;
  }

  public ManifestBuilder settings(Map<String, ?> settings) {
    this.settings = settings;
    return this;
  }

  public ManifestBuilder input(Cid root) {
    input = root;
    return this;
  }

  public ManifestBuilder model(Map<String, ?> identity, List<String> numerics) {
    this.model = identity;
    this.numerics = numerics;
    return this;
  }

  /** Adds the next shard in key order. */
  public ManifestBuilder shard(Shard shard) {
    shards.add(shard);
    return this;
  }

  /** Adds a table's file that belongs to no shard. */
  public ManifestBuilder file(String table, DataFile file) {
    files.put(table, file);
    return this;
  }

  /** Adds to a sum. */
  public ManifestBuilder total(String name, long value) {
    totals.merge(name, value, Long::sum);
    return this;
  }

  /** Adds to the number of dead letters of a code. */
  public ManifestBuilder deadLetters(String code, long count) {
    deadLetters.merge(code, count, Long::sum);
    return this;
  }

  public ManifestBuilder container(String path, Cid cid) {
    containers.put(path, cid);
    return this;
  }

  Cid input() {
    if (input == null) {
      throw new IllegalStateException("Cannot make manifest: no input (its CID)");
    }
    return input;
  }

  /**
   * Checks and makes the manifest.
   *
   * @throws IllegalArgumentException if shards are out of order, a path comes twice, or a value has
   *     no canonical JSON
   */
  public Manifest build() {
    return new Manifest(this);
  }
}
