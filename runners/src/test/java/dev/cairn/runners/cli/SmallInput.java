package dev.cairn.runners.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of short cases. */
final class SmallInput {
  private SmallInput() {}

  static Path write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int id = 1; id <= count; id++) {
      Files.writeString(
          folder.resolve(id + ".json"),
          "{\"id\": "
              + id
              + ", \"casebody\": {\"opinions\": [{\"text\": \"The court heard case "
              + id
              + ".\"}]}}");
    }
    return folder;
  }
}
