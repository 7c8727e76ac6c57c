package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrowTableTest {
  private static byte[] write(TableSchema schema, List<@Nullable Object[]> rows, boolean file)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RowWriter writer =
        file ? ArrowTableWriter.file(out, schema) : ArrowTableWriter.stream(out, schema)) {
      for (@Nullable Object[] row : rows) {
        writer.write(row);
      }
    }
    return out.toByteArray();
  }

  private static List<@Nullable Object[]> read(ArrowTableReader reader) throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (reader) {
      for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static ArrowTableReader open(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("cairn-arrow", "");
    Files.write(file, bytes);
    FileChannel channel = FileChannel.open(file);
    Files.delete(file);
    return ArrowTableReader.open(channel);
  }

  @Property(tries = 60)
  void comesBackWhateverItsColumns(@ForAll long seed, @ForAll @IntRange(min = 0, max = 60) int rows)
      throws IOException {
    Random random = new Random(seed);
    TableSchema schema = RandomTableTest.schema(random);
    List<@Nullable Object[]> written = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      written.add(RandomTableTest.values(random, schema.columns()));
    }
    for (boolean file : new boolean[] {true, false}) {
      byte[] bytes = write(schema, written, file);
      List<@Nullable Object[]> read;
      try (ArrowTableReader reader = open(bytes)) {
        assertThat(reader.schema().columns())
            .extracting(c -> c.name() + c.type() + c.required())
            .isEqualTo(
                schema.columns().stream().map(c -> c.name() + c.type() + c.required()).toList());
      }
      read = read(open(bytes));
      assertThat(Tables.digests(schema, read))
          .as(schema.toString())
          .isEqualTo(Tables.digests(schema, written));
      assertThat(write(schema, read, file)).as("the same bytes").isEqualTo(bytes);
    }
  }

  @Test
  void cutsBatchesByRows() throws IOException {
    List<@Nullable Object[]> rows = Tables.rows(20_000);
    byte[] bytes = write(Tables.ALL, rows, false);
    ArrowTableReader reader = ArrowTableReader.open(new ByteArrayInputStream(bytes));
    assertThat(Tables.digests(Tables.ALL, read(reader)))
        .isEqualTo(Tables.digests(Tables.ALL, rows));
  }

  @Property(tries = 400)
  void damageEndsInARefusalOrInRows(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = write(Tables.ALL, Tables.rows(3), random.nextBoolean());
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
    try {
      read(open(java.util.Arrays.copyOf(bytes, length)));
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageStartingWith("Cannot read");
    }
  }

  @Test
  void refusesLengthsThatNoTableHasAndStreamsWithoutAnEnd() throws IOException {
    for (byte[] bad :
        List.of(
            new byte[] {-1, -1, -1, -1, -1, -1, -1, 127},
            "garbage".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            new byte[0])) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowableOfType(
                  MalformedContentException.class, () -> read(open(bad))))
          .hasMessageStartingWith("Cannot read table");
    }
    byte[] stream = write(Tables.ALL, Tables.rows(3), false);
    byte[] unended = java.util.Arrays.copyOf(stream, stream.length - 8);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                MalformedContentException.class, () -> read(open(unended))))
        .hasMessageContaining("cut off");
  }

  @Test
  void readsDictionariesAndUnsignedNumbers() throws IOException {
    try (BufferAllocator memory = new RootAllocator();
        VarCharVector words = new VarCharVector("w", memory);
        VarCharVector values = new VarCharVector("w", memory);
        UInt4Vector wide = new UInt4Vector("n", memory)) {
      words.setSafe(0, "a".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      words.setSafe(1, "b".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      words.setValueCount(2);
      values.setSafe(0, words.get(1));
      values.setNull(1);
      values.setSafe(2, words.get(0));
      values.setValueCount(3);
      wide.setSafe(0, -1);
      wide.setSafe(1, 1);
      wide.setNull(2);
      wide.setValueCount(3);
      Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, null));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (IntVector encoded = (IntVector) DictionaryEncoder.encode(values, dictionary);
          VectorSchemaRoot root = VectorSchemaRoot.of(encoded, wide);
          ArrowStreamWriter writer =
              new ArrowStreamWriter(
                  root, new DictionaryProvider.MapDictionaryProvider(dictionary), out)) {
        root.setRowCount(3);
        writer.writeBatch();
        writer.end();
      }
      ArrowTableReader reader = ArrowTableReader.open(new ByteArrayInputStream(out.toByteArray()));
      assertThat(reader.schema()).hasToString("(w string, n int64)");
      assertThat(read(reader))
          .containsExactly(
              new @Nullable Object[] {"b", 4294967295L},
              new @Nullable Object[] {null, 1L},
              new @Nullable Object[] {"a", null});
    }
  }

  @Test
  void namesTheColumnThatItCannotRead() throws IOException {
    try (BufferAllocator memory = new RootAllocator();
        UInt8Vector wide = new UInt8Vector("wide", memory);
        VectorSchemaRoot root = VectorSchemaRoot.of(wide)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, out)) {
        writer.start();
        writer.end();
      }
      MalformedContentException refused =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              MalformedContentException.class,
              () -> ArrowTableReader.open(new ByteArrayInputStream(out.toByteArray())));
      assertThat(refused).hasMessageContaining("wide").hasMessageContaining("Int(64, false)");
    }
  }
}
