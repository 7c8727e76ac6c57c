package dev.cairn.transforms.record;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Proves to a worker that its store is the launcher's (storage.md, 7): a file below the store's
 * folder with a word in it that nobody else knows. A folder of the same name on another machine, or
 * a copy, does not have it.
 *
 * @param file the file
 * @param word what it holds; empty if nothing has to be proven, because the worker is the launcher
 */
public record StoreProof(String file, String word) implements Serializable {
  /** Asks for nothing. */
  public static StoreProof none() {
    return new StoreProof("", "");
  }

  /** Writes the word. */
  public void write() throws IOException {
    Files.writeString(Path.of(file), word, StandardCharsets.US_ASCII);
  }

  /**
   * Looks for the word.
   *
   * @param home the store's folder, for the message
   * @throws StoreNotSharedException if it is not there
   */
  void check(String home) throws StoreNotSharedException {
    if (word.isEmpty()) {
      return;
    }
    try {
      if (!Files.readString(Path.of(file), StandardCharsets.US_ASCII).equals(word)) {
        throw StoreNotSharedException.folder(home, null);
      }
    } catch (IOException e) {
      throw StoreNotSharedException.folder(home, e);
    }
  }
}
