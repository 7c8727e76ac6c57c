package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code condemned/}: a file for each pack that is to go, under the pack's name. Such a
 * pack is still read, but no writer that began since then counts on it. It goes when all writers
 * have ended that lived when its file was seen to be there: the file lists them.
 *
 * <p>Only the names must be durable. A file that cannot be read names no writers, and is written
 * again with those that live then, which can only be too many.
 */
final class Condemned {
  static final String FOLDER = "condemned";

  private static final Logger LOG = LoggerFactory.getLogger(Condemned.class);
  private static final String TITLE = "cairn-condemned ";

  private final Home home;

  Condemned(Home home) {
    this.home = home;
  }

  /** The names of condemned packs, which may be gone already. */
  Set<String> packs() throws IOException {
    Set<String> packs = new HashSet<>();
    for (String file : home.disk().list(folder())) {
      if (PackFormat.isName(file)) {
        packs.add(file);
      }
    }
    return packs;
  }

  /** Names in the folder that are no pack's. */
  List<String> strangers() throws IOException {
    List<String> strangers = new ArrayList<>(home.disk().list(folder()));
    strangers.removeIf(PackFormat::isName);
    return strangers;
  }

  /** Condemns packs: whoever registers as a writer from now on sees it. */
  void add(Collection<String> packs) throws IOException {
    Set<String> present = packs();
    for (String pack : packs) {
      if (!present.contains(pack)) {
        create(file(pack));
      }
    }
    home.disk().forceFolder(folder());
  }

  private void create(Path file) throws IOException {
    try {
      home.disk().create(file).close();
    } catch (FileAlreadyExistsException e) {
      LOG.debug("Another gc was faster: {}", file, e);
    }
  }

  /** Names the writers that a pack has to wait for. */
  void await(Collection<String> packs, Set<String> writers) throws IOException {
    for (String pack : packs) {
      byte[] bytes = SmallFile.encode(TITLE + pack, String.join(" ", writers));
      Path temporary = home.writeTemporary(bytes);
      home.disk().rename(temporary, file(pack));
    }
    home.disk().forceFolder(folder());
  }

  /** Tells which writers live at the moment. */
  interface Living {
    Set<String> now() throws IOException;
  }

  /**
   * Which condemned packs have nobody to wait for. Those that name no writers yet are made to wait
   * for those that live.
   *
   * @param living asked after the files were read: a writer that a file names registered before
   */
  Set<String> ended(Living living) throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    Set<String> unnamed = new TreeSet<>();
    for (String pack : packs()) {
      Set<String> writers = writers(pack, unnamed);
      if (!unnamed.contains(pack)) {
        named.put(pack, writers);
      }
    }
    Set<String> alive = living.now();
    Set<String> ended = new TreeSet<>();
    named.forEach(
        (pack, writers) -> {
          if (Collections.disjoint(writers, alive)) {
            ended.add(pack);
          }
        });
    if (alive.isEmpty()) {
      ended.addAll(unnamed);
    } else {
      await(unnamed, alive);
    }
    return ended;
  }

  /** Forgets packs whose files are gone. */
  void remove(Collection<String> packs) throws IOException {
    for (String pack : packs) {
      home.disk().delete(file(pack));
    }
    home.disk().forceFolder(folder());
  }

  private Set<String> writers(String pack, Set<String> unnamed) throws IOException {
    try {
      String writers = SmallFile.read(home.disk(), file(pack), TITLE + pack);
      return new TreeSet<>(List.of(writers.split(" ", -1)));
    } catch (NoSuchFileException e) {
      return new TreeSet<>();
    } catch (IntegrityException e) {
      LOG.debug("No writers are named for condemned pack {}", pack, e);
      unnamed.add(pack);
      return new TreeSet<>();
    }
  }

  private Path folder() {
    return home.folder(FOLDER);
  }

  private Path file(String pack) {
    return folder().resolve(pack);
  }
}
