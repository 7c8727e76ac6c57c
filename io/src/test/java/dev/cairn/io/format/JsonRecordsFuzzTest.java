package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.io.block.Block;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.format.JsonRecords.Layout;
import dev.cairn.io.format.JsonRecords.Span;
import dev.cairn.io.fuzz.Hostile;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

class JsonRecordsFuzzTest {
  /** The window, which is no larger than the file, and each record. */
  private static final Hostile RECORDS = new Hostile(64 << 10, 512);

  @FuzzTest
  void lines(byte[] input) throws IOException {
    assertCovered(input, Layout.LINES);
  }

  @FuzzTest
  void values(byte[] input) throws IOException {
    assertCovered(input, Layout.VALUES);
  }

  /**
   * Records come in order, are what the file has there, and between them is nothing that counts.
   */
  private static void assertCovered(byte[] input, Layout layout) throws IOException {
    MemoryStore store = new MemoryStore();
    Block file = Block.raw(input);
    store.put(file);
    Object unused =
        RECORDS.parse(
            input,
            () -> {
              try (SeekableByteChannel channel = new UnixFs(store).open(file.cid());
                  JsonRecords records = JsonRecords.open(channel, layout)) {
                return assertCovered(input, records);
              }
            });
  }

  private static long assertCovered(byte[] input, JsonRecords records) throws IOException {
    long end = 0;
    for (Span span = records.next(); span != null; span = records.next()) {
      assertThat(span.length()).isPositive();
      assertBetweenRecords(input, end, span.offset());
      end = span.offset() + span.length();
      byte[] bytes = span.bytes();
      assertThat(bytes).isNotNull();
      boolean whole = span.length() == input.length;
      byte[] there = Arrays.copyOfRange(input, (int) span.offset(), (int) end);
      assertThat(there).matches(b -> whole || Arrays.equals(b, bytes));
    }
    assertBetweenRecords(input, end, input.length);
    return end;
  }

  private static void assertBetweenRecords(byte[] input, long start, long end) {
    assertThat(start).isLessThanOrEqualTo(end);
    for (int i = (int) start; i < end; i++) {
      assertThat((char) (input[i] & 0xff))
          .isIn(' ', '\n', '\r', '\t', ',', '[', ']', (char) 0xef, (char) 0xbb, (char) 0xbf);
    }
  }
}
