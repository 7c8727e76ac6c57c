package dev.cairn.io.beam;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The parts of {@code ipfs://CID/path} or {@code ipns://NAME/path}. Nothing is percent-decoded, and
 * the root keeps its case, which matters in a CID; empty steps of the path are left out.
 *
 * @param scheme {@link #IPFS} or {@link #IPNS}
 * @param root the CID or name as it was written
 * @param path steps with {@code /} between them; may be empty
 */
record IpfsUri(String scheme, String root, String path) implements Serializable {
  static final String IPFS = "ipfs";
  static final String IPNS = "ipns";

  private static final String MARK = "://";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none
   */
  static IpfsUri parse(String text) {
    int mark = text.indexOf(MARK);
    String scheme = mark < 0 ? "" : text.substring(0, mark).toLowerCase(Locale.ROOT);
    String rest = mark < 0 ? "" : text.substring(mark + MARK.length());
    int slash = rest.indexOf('/');
    String root = slash < 0 ? rest : rest.substring(0, slash);
    if (!List.of(IPFS, IPNS).contains(scheme) || root.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read address: " + text + " (ipfs://CID/path or ipns://NAME/path)");
    }
    return new IpfsUri(scheme, root, slash < 0 ? "" : joined(rest.substring(slash)));
  }

  /** This address with another path. */
  IpfsUri withPath(String other) {
    return new IpfsUri(scheme, root, joined(other));
  }

  /** The last step; that of the root itself is its CID or name. */
  String name() {
    return path.isEmpty() ? root : path.substring(path.lastIndexOf('/') + 1);
  }

  /** The folder that it lies in; the root lies in itself. */
  IpfsUri parent() {
    return withPath(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
  }

  private static String joined(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(step -> !step.isEmpty())
        .collect(Collectors.joining("/"));
  }

  @Override
  public String toString() {
    return scheme + MARK + root + (path.isEmpty() ? "" : "/" + path);
  }
}
