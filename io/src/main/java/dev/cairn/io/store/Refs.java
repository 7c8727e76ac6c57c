package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's refs: the only mutable thing in it. A ref is a folder of numbered files that are
 * never rewritten; it is moved by linking the next number, which exactly one mover can do.
 *
 * <p>Safe for use by several threads and processes. A damaged file is an {@link IntegrityException}
 * that names it.
 */
public final class Refs {
  private static final Logger LOG = LoggerFactory.getLogger(Refs.class);
  private static final int MAX_DIGITS = 18;

  private final Home home;

  Refs(Home home) {
    this.home = home;
  }

  /** Where the ref is; null if it was never set. */
  public @Nullable Ref current(String name) throws IOException {
    List<Long> numbers = numbers(checked(name));
    return numbers.isEmpty() ? null : read(name, numbers.get(numbers.size() - 1));
  }

  /** All positions of the ref, the present one first. */
  public List<Ref> history(String name) throws IOException {
    List<Ref> history = new ArrayList<>();
    for (long number : numbers(checked(name))) {
      history.add(0, read(name, number));
    }
    return history;
  }

  /** The names of all refs, sorted. */
  public List<String> list() throws IOException {
    List<String> names = new ArrayList<>();
    if (home.exists()) {
      for (String name : home.disk().list(home.folder("refs"))) {
        if (Ref.isName(name) && !numbers(name).isEmpty()) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names;
  }

  /**
   * Moves a ref, durably. Moving it to where it is already succeeds and changes nothing, whatever
   * was expected.
   *
   * @param expected the commit that it names now, null if it must not be set
   * @return its new position
   * @throws ParentMovedException if it names another commit, or another mover was faster
   * @throws CommitFailedException if it was not moved for a reason of storage
   * @throws CommitStateUnknownException if that cannot be told
   */
  public Ref move(String name, @Nullable Cid expected, Cid commit) throws IOException {
    Ref current = current(name);
    if (current != null && current.commit().equals(commit)) {
      return forced(current);
    }
    if (!Objects.equals(current == null ? null : current.commit(), expected)) {
      throw new ParentMovedException(name, current);
    }
    return link(new Ref(name, current == null ? 1 : current.number() + 1, commit));
  }

  /** As {@link #move(String, Cid, Cid)}, by the number of the present position, 0 for none. */
  public Ref move(String name, long expected, Cid commit) throws IOException {
    Ref current = current(name);
    if (current != null && current.commit().equals(commit)) {
      return forced(current);
    }
    if ((current == null ? 0 : current.number()) != expected) {
      throw new ParentMovedException(name, current);
    }
    return link(new Ref(name, expected + 1, commit));
  }

  private Ref link(Ref next) throws IOException {
    Path temporary;
    try {
      home.openForWriting();
      home.disk().makeFolder(folder(next.name()));
      home.disk().forceFolder(home.folder("refs"));
      // What it follows may not be forced yet: a power loss must leave no gap.
      home.disk().forceFolder(folder(next.name()));
      temporary = home.writeTemporary(SmallFile.encode(title(next), next.commit().toString()));
    } catch (IOException e) {
      throw new CommitFailedException(next.name(), e);
    }
    try {
      return link(temporary, next);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /** Whether the ref moved is known by now; a file left behind must not hide it. */
  private void deleteQuietly(Path temporary) {
    try {
      home.disk().delete(temporary);
    } catch (IOException e) {
      LOG.warn("File is left for gc: {}", temporary, e);
    }
  }

  private Ref link(Path temporary, Ref next) throws IOException {
    try {
      home.disk().link(temporary, file(next));
    } catch (IOException e) {
      return settle(next, e);
    }
    return forced(next);
  }

  /**
   * The link was refused, or seemed to be (a network may lose the answer): what is there counts.
   */
  private Ref settle(Ref next, IOException refusal) throws IOException {
    Ref there;
    try {
      there = read(next.name(), next.number());
    } catch (NoSuchFileException e) {
      throw new CommitFailedException(next.name(), refusal);
    } catch (StorageException e) {
      e.addSuppressed(refusal);
      throw new CommitStateUnknownException(next.name(), e);
    }
    if (!there.commit().equals(next.commit())) {
      throw new ParentMovedException(next.name(), current(next.name()));
    }
    return forced(there);
  }

  private Ref forced(Ref moved) throws IOException {
    try {
      home.disk().forceFolder(folder(moved.name()));
    } catch (IOException e) {
      throw new CommitStateUnknownException(moved.name(), e);
    }
    return moved;
  }

  /**
   * Reads one position.
   *
   * @throws NoSuchFileException if there is none of this number
   */
  Ref read(String name, long number) throws IOException {
    Path file = folder(name).resolve(Long.toString(number));
    String commit = SmallFile.read(home.disk(), file, title(name, number));
    try {
      return new Ref(name, number, Cid.parse(commit));
    } catch (MalformedContentException e) {
      throw new IntegrityException("Cannot read ref: " + file + " (a CID)", null, e);
    }
  }

  /** The numbers of a ref's positions, ascending. */
  List<Long> numbers(String name) throws IOException {
    List<Long> numbers = new ArrayList<>();
    if (home.exists()) {
      for (String file : home.disk().list(folder(name))) {
        number(file).ifPresent(numbers::add);
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /** Files below {@code refs/} that are no ref's position, for verify. */
  List<String> strangers() throws IOException {
    List<String> strangers = new ArrayList<>();
    for (String name : home.disk().list(home.folder("refs"))) {
      if (!Ref.isName(name)) {
        strangers.add(name);
        continue;
      }
      for (String file : home.disk().list(folder(name))) {
        if (number(file).isEmpty()) {
          strangers.add(name + "/" + file);
        }
      }
    }
    return strangers;
  }

  private static OptionalLong number(String file) {
    boolean numeric =
        !file.isEmpty()
            && file.length() <= MAX_DIGITS
            && file.charAt(0) != '0'
            && file.chars().allMatch(c -> c >= '0' && c <= '9');
    return numeric ? OptionalLong.of(Long.parseLong(file)) : OptionalLong.empty();
  }

  private Path folder(String name) {
    return home.folder("refs").resolve(name);
  }

  private Path file(Ref ref) {
    return folder(ref.name()).resolve(Long.toString(ref.number()));
  }

  private static String title(Ref ref) {
    return title(ref.name(), ref.number());
  }

  private static String title(String name, long number) {
    return "cairn-ref " + name + " " + number;
  }

  private static String checked(String name) {
    if (!Ref.isName(name)) {
      throw new IllegalArgumentException(
          "Cannot use ref: " + name + " ([a-z][a-z0-9_-]{0,63} and not a CID)");
    }
    return name;
  }
}
