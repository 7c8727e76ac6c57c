package dev.cairn.io.beam;

import java.util.Objects;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The address of a file or folder as Beam passes it around. Its text ends in a slash for a folder.
 * Immutable.
 */
final class IpfsResourceId implements ResourceId {
  private static final long serialVersionUID = 1L;

  private final IpfsUri uri;
  private final boolean directory;

  private IpfsResourceId(IpfsUri uri, boolean directory) {
    this.uri = uri;
    this.directory = directory;
  }

  static IpfsResourceId file(IpfsUri uri) {
    return new IpfsResourceId(uri, false);
  }

  /**
   * Reads its text.
   *
   * @throws IllegalArgumentException if it is no address, or a file's that ends in a slash
   */
  static IpfsResourceId parse(String text, boolean directory) {
    if (!directory && text.endsWith("/")) {
      throw new IllegalArgumentException(
          "Cannot address file: " + text + " (a file's address ends in no slash)");
    }
    return new IpfsResourceId(IpfsUri.parse(text), directory);
  }

  IpfsUri uri() {
    return uri;
  }

  @Override
  public IpfsResourceId resolve(String other, ResolveOptions options) {
    if (!directory) {
      throw new IllegalStateException("Cannot resolve " + other + ": " + this + " (a folder)");
    }
    boolean folder = options == StandardResolveOptions.RESOLVE_DIRECTORY;
    if (!folder && options != StandardResolveOptions.RESOLVE_FILE) {
      throw new IllegalArgumentException("Cannot resolve " + other + ": " + options);
    }
    if (folder && other.equals("..")) {
      return new IpfsResourceId(uri.parent(), true);
    }
    if (!folder && (other.isEmpty() || other.endsWith("/"))) {
      throw new IllegalArgumentException(
          "Cannot address file: '" + other + "' (not empty, no slash at the end)");
    }
    return new IpfsResourceId(uri.withPath(uri.path() + "/" + other), folder);
  }

  @Override
  public IpfsResourceId getCurrentDirectory() {
    return directory ? this : new IpfsResourceId(uri.parent(), true);
  }

  @Override
  public String getScheme() {
    return uri.scheme();
  }

  @Override
  public String getFilename() {
    return uri.name();
  }

  @Override
  public boolean isDirectory() {
    return directory;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IpfsResourceId other
        && directory == other.directory
        && uri.equals(other.uri);
  }

  @Override
  public int hashCode() {
    return Objects.hash(uri, directory);
  }

  @Override
  public String toString() {
    return directory ? uri + "/" : uri.toString();
  }
}
