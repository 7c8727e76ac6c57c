package dev.cairn.pipelines.search;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.LocalStore;
import dev.cairn.pipelines.ReplacedFile;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a store's cache for what search keeps there: plain copies of chunks and of indexes,
 * indexes of words. Everything in it is called by the CID of what it was made of.
 */
public final class SearchCache {
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z]+-(?:\\d+-)?)?([a-z0-9]+)(?:\\..*)?");

  private SearchCache() {}

  /** The folder, which may be missing. */
  static Path folder(LocalStore store) throws IOException {
    return store.cacheFolder().resolve("search");
  }

  /** Removes all of it, also beside a search that writes there. */
  public static void clear(LocalStore store) throws IOException {
    Path folder = folder(store);
    if (Files.isDirectory(folder)) {
      Path away = Files.createTempDirectory(store.cacheFolder(), ".search");
      Files.move(folder, away, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      ReplacedFile.delete(away);
    }
  }

  /** Removes what was made of files that are not in the store any more. */
  public static void sweep(LocalStore store) throws IOException {
    Path folder = folder(store);
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> stale = new ArrayList<>();
    try (var all = Files.newDirectoryStream(folder)) {
      for (Path one : all) {
        if (isStale(store, one)) {
          stale.add(one);
        }
      }
    }
    for (Path one : stale) {
      ReplacedFile.delete(one);
    }
  }

  private static boolean isStale(LocalStore store, Path one) throws IOException {
    Matcher cid = NAME.matcher(String.valueOf(one.getFileName()));
    if (!cid.matches()) {
      return SystemTemp.isLeftBehind(one); // else it is being written
    }
    try {
      return !store.has(Cid.parse(cid.group(1)));
    } catch (MalformedContentException e) {
      return false;
    }
  }
}
