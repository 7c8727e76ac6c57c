package dev.cairn.io.beam;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.UnixFs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.metrics.Lineage;

/**
 * Reads {@code ipfs://CID/path} and {@code ipns://NAME/path} for every IO of Beam. Each block is
 * hashed when it is read, so that a read gives the bytes that the CID names or fails.
 *
 * <p>Patterns are those of {@link Glob}; a path that exists as it is written is no pattern. A name
 * is resolved when it is matched, and what matches has addresses {@code ipfs://}: a pipeline reads
 * one version to its end, wherever the name moves meanwhile. The checksum of a file is its CID, it
 * has no time. What is not there is {@code NOT_FOUND}; a root that cannot be reached or resolved is
 * an error, because nothing can be said of what it holds. Links and folders: see {@link
 * FileSearch}.
 *
 * <p>Nothing can be written through it: content that is named by its hash does not change. Safe for
 * use by several threads.
 */
final class IpfsFileSystem extends FileSystem<IpfsResourceId> {
  private final String scheme;
  private final String policy;

  IpfsFileSystem(String scheme, String policy) {
    this.scheme = scheme;
    this.policy = policy;
  }

  @Override
  protected String getScheme() {
    return scheme;
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      results.add(match(IpfsUri.parse(spec)));
    }
    return results;
  }

  private MatchResult match(IpfsUri spec) {
    try {
      OpenStore store = OpenStore.of(policy);
      Cid root = root(store, spec);
      FileSearch search = new FileSearch(store.blocks(), root, spec.withPath("").toString());
      return MatchResult.create(
          MatchResult.Status.OK, IpfsFiles.metadata(root, search.files(spec.path())));
    } catch (FileNotFoundException e) {
      return MatchResult.create(MatchResult.Status.NOT_FOUND, e);
    } catch (IOException e) {
      return MatchResult.create(MatchResult.Status.ERROR, e);
    }
  }

  @Override
  protected SeekableByteChannel open(IpfsResourceId file) throws IOException {
    OpenStore store = OpenStore.of(policy);
    IpfsUri uri = file.uri();
    String shownRoot = uri.withPath("").toString();
    FileSearch search = new FileSearch(store.blocks(), root(store, uri), shownRoot);
    return new UnixFs(store.blocks()).open(search.file(uri.path()));
  }

  private static Cid root(OpenStore store, IpfsUri uri) throws IOException {
    return uri.scheme().equals(IpfsUri.IPNS)
        ? store.names().resolve(uri.root())
        : Cid.parse(uri.root());
  }

  @Override
  protected IpfsResourceId matchNewResource(String spec, boolean isDirectory) {
    return IpfsResourceId.parse(spec, isDirectory);
  }

  @Override
  protected void reportLineage(IpfsResourceId resource, Lineage lineage, LineageLevel level) {
    IpfsUri uri = resource.uri();
    boolean whole = level == LineageLevel.TOP_LEVEL || uri.path().isEmpty();
    lineage.add(scheme, whole ? List.of(uri.root()) : List.of(uri.root(), uri.path()));
  }

  @Override
  protected WritableByteChannel create(IpfsResourceId resource, CreateOptions options) {
    throw immutable("create", resource);
  }

  @Override
  protected void copy(List<IpfsResourceId> from, List<IpfsResourceId> to) {
    throw immutable("copy to", to);
  }

  @Override
  protected void rename(
      List<IpfsResourceId> from, List<IpfsResourceId> to, MoveOptions... options) {
    throw immutable("rename", from);
  }

  @Override
  protected void delete(Collection<IpfsResourceId> resources) {
    throw immutable("delete", resources);
  }

  private static UnsupportedOperationException immutable(String verb, Object what) {
    return new UnsupportedOperationException(
        "Cannot "
            + verb
            + " "
            + what
            + " (content is named by its hash and does not change; new content is written with "
            + IpfsIO.class.getName()
            + ".write())");
  }
}
