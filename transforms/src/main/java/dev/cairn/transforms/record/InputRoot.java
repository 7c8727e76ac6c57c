package dev.cairn.transforms.record;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the files below the input root lie: one folder is the root itself; otherwise each input is
 * an entry under its base name. What is not on this machine is in the store, under its CID.
 */
public final class InputRoot implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> locations;

  private InputRoot(Map<String, String> locations) {
    this.locations = new TreeMap<>(locations);
  }

  /** A root that is this local folder. */
  public static InputRoot folder(Path folder) {
    return new InputRoot(Map.of("", folder.toAbsolutePath().toString()));
  }

  /** A root whose entries of these names are local files or folders, the others in the store. */
  public static InputRoot entries(Map<String, Path> local) {
    Map<String, String> locations = new TreeMap<>();
    local.forEach((name, path) -> locations.put(name, path.toAbsolutePath().toString()));
    return new InputRoot(locations);
  }

  /** The local file of a path below the root; empty if it is in the store. */
  public Optional<Path> locate(String path) {
    if (locations.containsKey("")) {
      return Optional.of(Path.of(locations.get(""), path));
    }
    int slash = path.indexOf('/');
    String entry = slash < 0 ? path : path.substring(0, slash);
    return Optional.ofNullable(locations.get(entry))
        .map(at -> slash < 0 ? Path.of(at) : Path.of(at, path.substring(slash + 1)));
  }
}
