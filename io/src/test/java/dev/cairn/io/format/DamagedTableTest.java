package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that were changed or cut give rows or a typed error, never another exception. */
class DamagedTableTest {
  private static final int TRIES = 400;

  @TempDir Path folder = Path.of(".");

  @Test
  void endsInATypedErrorOrInRows() throws IOException {
    byte[] good = Tables.write(Tables.ALL, RowGroups.rows(3), Tables.rows(8));
    List<String> digests = Tables.digests(Tables.ALL, Tables.rows(8));
    Random random = new Random(11);
    int refused = 0;
    int other = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] bad = good.clone();
      // Every second try hits the footer, which is small beside the data.
      int from = i % 2 == 0 ? 0 : bad.length - 3000;
      int at = from + random.nextInt(bad.length - from);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      if (i % 5 == 0) {
        bad = Arrays.copyOf(bad, at);
      }
      try {
        List<String> read =
            Tables.digests(Tables.ALL, Tables.read(Tables.file(folder, bad), Tables.ALL));
        other += read.equals(digests) ? 0 : 1;
      } catch (MalformedContentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(TRIES / 2);
    // Pages have checksums and the footer has none: a changed footer may still give other rows.
    assertThat(other).isLessThan(TRIES / 10);
  }

  @Test
  void readsNothingBehindAnErrorAsEnd() throws IOException {
    byte[] good = Tables.write(Tables.ALL, RowGroups.rows(3), Tables.rows(8));
    byte[] bad = good.clone();
    bad[100] ^= 1;
    int rows = 0;
    String message = "";
    try (ParquetTableReader reader =
        ParquetTableReader.open(FileChannel.open(Tables.file(folder, bad)))) {
      while (reader.next() != null) {
        rows++;
      }
    } catch (MalformedContentException e) {
      message = String.valueOf(e.getMessage());
    }
    assertThat(rows).isZero();
    assertThat(message).startsWith("Cannot read table: ");
  }
}
