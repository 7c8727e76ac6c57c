package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON form of a {@link Manifest}. Absent is never null or empty: empty maps are left out. */
final class ManifestJson {
  private static final String WHAT = "manifest";

  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    SortedMap<String, Object> json = new TreeMap<>();
    json.put("version", Manifest.VERSION);
    json.put("pipeline", manifest.pipeline());
    json.put("settings", manifest.settings());
    json.put("settings_fingerprint", manifest.fingerprint());
    json.put("input", manifest.input().toString());
    putUnlessEmpty(json, "model", manifest.model());
    if (!manifest.numerics().isEmpty()) {
      json.put("numerics", manifest.numerics());
    }
    json.put("shards", manifest.shards().stream().map(Shard::toJson).toList());
    putUnlessEmpty(json, "files", Shard.filesToJson(manifest.files()));
    putUnlessEmpty(json, "totals", manifest.totals());
    putUnlessEmpty(json, "dead_letters", manifest.deadLetters());
    if (!manifest.containers().isEmpty()) {
      json.put(
          "containers",
          manifest.containers().entrySet().stream()
              .map(c -> Map.of("path", c.getKey(), "cid", c.getValue().toString()))
              .toList());
    }
    return CanonicalJson.write(json);
  }

  static Manifest read(byte[] bytes) throws MalformedContentException {
    JsonFields json = JsonFields.of(WHAT, CanonicalJson.read(bytes));
    long version = json.count("version");
    if (version != Manifest.VERSION) {
      throw new MalformedContentException(
          "Cannot read manifest: version " + version + " (" + Manifest.VERSION + ")");
    }
    try {
      Manifest manifest = build(json);
      json.end();
      if (!Arrays.equals(write(manifest), bytes)) {
        throw new MalformedContentException("Cannot read manifest: its form (as it is written)");
      }
      return manifest;
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read manifest: " + e.getMessage(), e);
    }
  }

  private static Manifest build(JsonFields json) throws MalformedContentException {
    ManifestBuilder builder =
        Manifest.builder()
            .pipeline(json.text("pipeline"))
            .settings(json.map("settings"))
            .input(json.cid("input"))
            .model(json.map("model"), json.texts("numerics"));
    for (Object shard : json.list("shards")) {
      builder.shard(Shard.fromJson(shard));
    }
    Shard.filesFromJson(json.map("files")).forEach(builder::file);
    json.counts("totals").forEach(builder::total);
    json.counts("dead_letters").forEach(builder::deadLetters);
    for (Object container : json.list("containers")) {
      JsonFields fields = JsonFields.of("container", container);
      Cid cid = fields.cid("cid");
      builder.container(fields.text("path"), cid);
      fields.end();
    }
    Manifest manifest = builder.build();
    String fingerprint = json.text("settings_fingerprint");
    if (!fingerprint.equals(manifest.fingerprint())) {
      throw new MalformedContentException(
          "Cannot read manifest: settings_fingerprint (of its settings)");
    }
    return manifest;
  }

  private static void putUnlessEmpty(
      SortedMap<String, Object> json, String name, SortedMap<String, ?> map) {
    if (!map.isEmpty()) {
      json.put(name, map);
    }
  }
}
