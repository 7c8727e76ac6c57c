package dev.cairn.io.beam;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.NodeKind;
import dev.cairn.io.unixfs.Stat;
import dev.cairn.io.unixfs.UnixFs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files below a root that a pattern names. Only folders in which something can match are
 * read, and of a large one only the blocks on the way to a name that is spelled out.
 *
 * <p>Links are not followed: one that is named is an error, one that a pattern meets is passed over
 * and told of in the log. Folders are no files: one that is named is an error, since to read
 * nothing there would look like a success. For one search.
 */
final class FileSearch {
  private static final Logger LOG = LoggerFactory.getLogger(FileSearch.class);

  /** What ends a line in Beam's pattern for schemes: such an address would lose its scheme. */
  private static final Pattern LINE_END = Pattern.compile("[\\n\\r\\u0085\\u2028\\u2029]");

  private final UnixFs unixfs;
  private final Cid root;
  private final String shownRoot;
  private final List<FoundFile> found = new ArrayList<>();
  private int links;

  /**
   * A search.
   *
   * @param shownRoot the root's address, for messages
   */
  FileSearch(BlockStore blocks, Cid root, String shownRoot) {
    this.unixfs = new UnixFs(blocks);
    this.root = root;
    this.shownRoot = shownRoot;
  }

  /**
   * The files that a pattern names, by path. A file whose path is the pattern, letter by letter, is
   * the one that is meant.
   *
   * @throws FileNotFoundException if there is none
   * @throws IOException if what is named is a folder or link, or blocks cannot be read
   */
  List<FoundFile> files(String pattern) throws IOException {
    Optional<Entry> named = walk(Glob.exact(pattern));
    if (named.isPresent()) {
      return List.of(file(named.get()));
    }
    return matches(Glob.parse(pattern), pattern);
  }

  /** As {@link #files}, but a folder that is named means all files below it. */
  List<FoundFile> filesOrBelow(String pattern) throws IOException {
    Optional<Entry> named = walk(Glob.exact(pattern));
    if (named.isPresent() && kind(named.get().cid) == NodeKind.DIRECTORY) {
      below(named.get(), "", Pattern.compile(".*", Pattern.DOTALL), false);
      return result(pattern);
    }
    return files(pattern);
  }

  /** The file at a path that is taken letter by letter. */
  Cid file(String path) throws IOException {
    Entry named = walk(Glob.exact(path)).orElseThrow(() -> notFound(path));
    if (named.cid.codec() != Codec.RAW) {
      checkFile(named, unixfs.stat(named.cid));
    }
    return named.cid;
  }

  private record Entry(String path, Cid cid) {
    String child(String name) {
      return path.isEmpty() ? name : path + "/" + name;
    }
  }

  private List<FoundFile> matches(Glob glob, String pattern) throws IOException {
    if (glob.isExact()) {
      Entry named = walk(glob).orElseThrow(() -> notFound(pattern));
      return List.of(file(named));
    }
    match(new Entry("", root), glob.steps(), false);
    return result(pattern);
  }

  private List<FoundFile> result(String pattern) throws FileNotFoundException {
    if (links > 0) {
      LOG.warn("Passed over {} links that {} met (not followed)", links, shown(pattern));
    }
    if (found.isEmpty()) {
      throw notFound(pattern);
    }
    found.sort(Comparator.comparing(FoundFile::path));
    return List.copyOf(found);
  }

  /** Follows names that are spelled out; empty if an entry is not there. */
  private Optional<Entry> walk(Glob exact) throws IOException {
    Entry at = new Entry("", root);
    for (Glob.Step step : exact.steps()) {
      Optional<Entry> next = enter(at, ((Glob.Literal) step).name());
      if (next.isEmpty()) {
        return next;
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private Optional<Entry> enter(Entry folder, String name) throws IOException {
    NodeKind kind = kind(folder.cid);
    if (kind == NodeKind.SYMLINK) {
      throw followed(folder);
    }
    return kind == NodeKind.DIRECTORY
        ? unixfs.lookup(folder.cid, name).map(e -> new Entry(folder.child(name), e.cid()))
        : Optional.empty();
  }

  /**
   * Goes down by the steps that are left.
   *
   * @param met true if the entry is one that a pattern met, not one that was spelled out
   */
  private void match(Entry entry, List<Glob.Step> steps, boolean met) throws IOException {
    if (steps.isEmpty()) {
      candidate(entry);
      return;
    }
    List<Glob.Step> further = steps.subList(1, steps.size());
    if (steps.get(0) instanceof Glob.Literal literal) {
      if (met && kind(entry.cid) == NodeKind.SYMLINK) {
        links++;
        return;
      }
      Optional<Entry> next = enter(entry, literal.name());
      if (next.isPresent()) {
        match(next.get(), further, met);
      }
    } else if (steps.get(0) instanceof Glob.Names names) {
      for (Entry child : children(entry, met)) {
        if (names.pattern().matcher(nameOf(entry, child)).matches()) {
          match(child, further, true);
        }
      }
    } else if (steps.get(0) instanceof Glob.Rest rest) {
      below(entry, "", rest.pattern(), met);
    }
  }

  /**
   * All files below a folder whose path from where the pattern begins matches.
   *
   * @param from path of the folder from there: empty, or with a slash at its end
   */
  private void below(Entry folder, String from, Pattern pattern, boolean met) throws IOException {
    if (from.chars().filter(c -> c == '/').count() == FolderAdd.MAX_DEPTH) {
      throw refused(folder, "at most " + FolderAdd.MAX_DEPTH + " folders inside each other");
    }
    for (Entry child : children(folder, met)) {
      String path = from + nameOf(folder, child);
      if (pattern.matcher(path).matches()) {
        candidate(child);
      }
      Matcher inside = pattern.matcher(path + "/");
      // Where the matcher stopped before the end, no longer path can match either.
      boolean canMatch = inside.matches() || inside.hitEnd();
      if (canMatch && kind(child.cid) == NodeKind.DIRECTORY) {
        below(child, path + "/", pattern, true);
      }
    }
  }

  private static String nameOf(Entry folder, Entry child) {
    return folder.path.isEmpty() ? child.path : child.path.substring(folder.path.length() + 1);
  }

  /** What is in a folder; nothing if it is none. */
  private List<Entry> children(Entry folder, boolean met) throws IOException {
    NodeKind kind = kind(folder.cid);
    if (kind == NodeKind.SYMLINK) {
      if (!met) {
        throw followed(folder);
      }
      links++;
    }
    List<Entry> children = new ArrayList<>();
    if (kind == NodeKind.DIRECTORY) {
      Listing listing = unixfs.list(folder.cid);
      while (listing.hasNext()) {
        DirEntry entry = listing.next();
        if (entry.name().isEmpty() || entry.name().indexOf('/') >= 0) {
          throw refused(folder, "its entry '" + entry.name() + "' is not one step of a path");
        }
        children.add(new Entry(folder.child(entry.name()), entry.cid()));
      }
    }
    return children;
  }

  private void candidate(Entry entry) throws IOException {
    Stat stat = unixfs.stat(entry.cid);
    switch (stat.kind()) {
      case FILE -> found.add(file(entry, stat));
      case SYMLINK -> links++;
      case DIRECTORY -> LOG.debug("Passed over folder {}", entry);
    }
  }

  private FoundFile file(Entry entry) throws IOException {
    Stat stat = unixfs.stat(entry.cid);
    checkFile(entry, stat);
    return file(entry, stat);
  }

  private FoundFile file(Entry entry, Stat stat) throws IOException {
    if (LINE_END.matcher(entry.path).find()) {
      throw refused(entry, "Beam reads no address with a line break");
    }
    return new FoundFile(entry.path, entry.cid, stat.size());
  }

  private void checkFile(Entry entry, Stat stat) throws IOException {
    if (stat.kind() == NodeKind.DIRECTORY) {
      throw refused(entry, "a folder; its files are " + shown(entry.child("*")));
    }
    if (stat.kind() == NodeKind.SYMLINK) {
      throw refused(entry, "a link to " + stat.target() + ", which is not followed");
    }
  }

  /** What a node is; a raw block need not be read to know. */
  private NodeKind kind(Cid cid) throws IOException {
    return cid.codec() == Codec.RAW ? NodeKind.FILE : unixfs.stat(cid).kind();
  }

  private String shown(String path) {
    return path.isEmpty() ? shownRoot : shownRoot + "/" + path;
  }

  private FileNotFoundException notFound(String path) {
    return new FileNotFoundException("Cannot find file: " + shown(path) + " (no such entry)");
  }

  private IOException followed(Entry link) {
    return refused(link, "a link, which is not followed");
  }

  private IOException refused(Entry entry, String rule) {
    return new IOException("Cannot read file: " + shown(entry.path) + " (" + rule + ")");
  }
}
