package dev.cairn.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of short cases, as the Caselaw Access Project lays them out. */
final class Cases {
  private Cases() {}

  /** Cases 1 to {@code count}, one a file, beside a file of metadata. */
  static Path write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("VolumeMetadata.json"), "{}");
    for (int id = 1; id <= count; id++) {
      add(folder, id);
    }
    return folder;
  }

  static void add(Path folder, int id) throws IOException {
    add(folder, id, id + ".json", "Case " + id + " is about the right of parties to be heard.");
  }

  static void add(Path folder, int id, String name, String text) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "{\"id\": "
            + id
            + ", \"name\": \"Case "
            + id
            + "\", \"decision_date\": \"1803-02\", \"casebody\": {\"opinions\": [{\"text\": \""
            + text
            + "\"}]}}\n");
  }
}
