package dev.cairn.runners.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Case law of any amount, the same for the same seed. */
final class Cases {
  private static final String[] WORDS =
      ("the court holds that a carrier who takes goods by sea must answer for their loss unless it"
              + " shows an act of god or of the public enemy and no writ of error lies here")
          .split(" ", -1);

  private Cases() {}

  static Path write(Path folder, int count, int words, long seed) throws IOException {
    Random random = new Random(seed);
    Files.createDirectories(folder);
    for (int id = 1; id <= count; id++) {
      StringBuilder text = new StringBuilder("Opinion " + id + ".");
      for (int i = 0; i < words; i++) {
        text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        if (i % 17 == 16) {
          text.append('.');
        }
      }
      String json =
          "{\"id\": %d, \"casebody\": {\"opinions\": [{\"text\": \"%s.\"}]}}".formatted(id, text);
      Files.writeString(folder.resolve(String.format(Locale.ROOT, "%06d.json", id)), json);
    }
    return folder;
  }
}
