package dev.cairn.io.unixfs;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.block.HashThreads;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads files, folders and links from a store: every profile, CID version and layout, plain and
 * HAMT folders, inline data and identity CIDs. As safe for threads as the store is; what it opens
 * belongs to one thread.
 *
 * <p>All methods throw {@link MalformedContentException} for nodes that are not well-formed UnixFS,
 * {@link dev.cairn.io.block.IntegrityException} where a block is missing or corrupt or sizes do not
 * agree, and other {@link IOException}s where storage cannot be read.
 */
public final class UnixFs {
  private final BlockStore store;

  /** A reader over {@code store}, which the caller closes. */
  public UnixFs(BlockStore store) {
    this.store = store;
  }

  /** What a node is, by its root block alone. */
  public Stat stat(Cid cid) throws IOException {
    Node node = Node.read(store, cid);
    return switch (node.kind()) {
      case FILE -> new Stat(cid, NodeKind.FILE, FileNode.of(node).size(), null);
      case DIRECTORY -> new Stat(cid, NodeKind.DIRECTORY, 0, null);
      case SYMLINK -> new Stat(cid, NodeKind.SYMLINK, node.content().length, node.target());
    };
  }

  /** The entries of a folder. */
  public Listing list(Cid folder) throws IOException {
    return list(folder(folder));
  }

  Listing list(Node folder) throws MalformedContentException {
    return folder.data().type() == UnixFsData.HAMT
        ? new HamtListing(store, HamtNode.root(folder))
        : new PlainListing(folder.links());
  }

  /** The entry of a folder with this name; in a HAMT it reads one path of blocks. */
  public Optional<DirEntry> lookup(Cid folder, String name) throws IOException {
    return lookup(folder(folder), name);
  }

  private Optional<DirEntry> lookup(Node folder, String name) throws IOException {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    if (folder.data().type() == UnixFsData.HAMT) {
      return lookup(HamtNode.root(folder), name, Murmur.hash(wanted));
    }
    for (PbLink link : folder.links()) {
      if (Arrays.equals(link.nameBytes(), wanted)) {
        return Optional.of(new DirEntry(link.name(), link.cid(), link.tsize()));
      }
    }
    return Optional.empty();
  }

  private Optional<DirEntry> lookup(HamtNode root, String name, long hash) throws IOException {
    HamtNode node = root;
    while (true) {
      int i = node.find(hash);
      if (i < 0) {
        return Optional.empty();
      }
      if (!node.isChild(i)) {
        return Optional.of(node.entry(i)).filter(e -> e.name().equals(name));
      }
      node = node.child(i, Node.read(store, node.link(i).cid()));
    }
  }

  /**
   * The CID at a path below {@code root}. Steps are parted by {@code /}; empty ones are passed
   * over. Links on the way are not followed.
   *
   * @throws PathNotFoundException if there is no such entry, or a step leads through a file or link
   */
  public Cid resolve(Cid root, String path) throws IOException {
    Cid cid = root;
    StringBuilder done = new StringBuilder(root.toString());
    for (String step : path.split("/", -1)) {
      if (!step.isEmpty()) {
        cid = step(cid, step, done);
        done.append('/').append(step);
      }
    }
    return cid;
  }

  private Cid step(Cid from, String name, CharSequence done) throws IOException {
    Node node = Node.read(store, from);
    boolean isFolder = node.kind() == NodeKind.DIRECTORY;
    Optional<DirEntry> entry = isFolder ? lookup(node, name) : Optional.empty();
    if (entry.isEmpty()) {
      String rule = isFolder ? "it has no such entry" : "it is not a folder";
      throw new PathNotFoundException("Cannot find " + name + ": " + done + " (" + rule + ")");
    }
    return entry.get().cid();
  }

  /**
   * A file as a read-only channel. It seeks without reading what lies between, and holds one leaf
   * and the nodes above it.
   */
  public SeekableByteChannel open(Cid file) throws IOException {
    return new VerifiedChannel(cursor(Node.read(store, file)));
  }

  /** A file as a stream, which skips without reading. */
  public InputStream openStream(Cid file) throws IOException {
    return new FileStream(cursor(Node.read(store, file)));
  }

  /**
   * Writes a span of a file, whose raw leaves other threads read and hash ahead: for who wants much
   * of it at once. Memory: two leaves a thread.
   *
   * @param offset the first byte; behind the end there is nothing
   * @param length bytes at most
   * @return the bytes that were written
   */
  public long copy(Cid file, long offset, long length, OutputStream out) throws IOException {
    long end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
    try (FileSpan span = new FileSpan(file, offset, end);
        HashThreads threads = HashThreads.standard()) {
      FileCursor cursor = cursor(Node.read(store, file, span), threads);
      return copy(cursor, offset, end, out, span);
    }
  }

  /** Writes a whole file, with threads that the caller closes. */
  long copy(Node file, OutputStream out, HashThreads threads) throws IOException {
    FileCursor cursor = cursor(file, threads);
    try (FileSpan span = cursor.span(0, cursor.size())) {
      return copy(cursor, 0, cursor.size(), out, span);
    }
  }

  private static long copy(
      FileCursor cursor, long offset, long end, OutputStream out, @Nullable FileSpan span)
      throws IOException {
    long behind = Math.max(offset, Math.min(end, cursor.size()));
    long position = offset;
    while (position < behind) {
      byte[] leaf = cursor.leafAt(position, span);
      int from = (int) (position - cursor.leafStart());
      int part = (int) Math.min(leaf.length - from, behind - position);
      out.write(leaf, from, part);
      position += part;
    }
    return position - offset;
  }

  private FileCursor cursor(Node file, HashThreads threads) throws MalformedContentException {
    return new FileCursor(new ReadAhead(store, threads)::child, FileNode.of(file));
  }

  private FileCursor cursor(Node file) throws MalformedContentException {
    return new FileCursor(
        (node, i, last, span) -> node.readChild(store, i, span), FileNode.of(file));
  }

  private Node folder(Cid cid) throws IOException {
    Node node = Node.read(store, cid);
    if (node.kind() != NodeKind.DIRECTORY) {
      throw node.malformed("a folder was expected here");
    }
    return node;
  }
}
