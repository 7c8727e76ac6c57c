package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.table.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.BaseRepeatedValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an Arrow IPC file or stream, also compressed (LZ4, zstd) and with dictionaries. Memory:
 * one batch, outside the heap, of at most {@value #MAX_BATCH_BYTES} bytes. Bytes that are no such
 * table end in {@link MalformedContentException}. The JVM must be started with {@code
 * --add-opens=java.base/java.nio=ALL-UNNAMED}. For one thread.
 */
public final class ArrowTableReader implements RowReader {
  /** Bytes of one batch and its dictionaries at most. */
  private static final long MAX_BATCH_BYTES = 2L << 30;

  /** Items of a list for which there is room at once: how many there are is not yet proven. */
  private static final int FIRST_ITEMS = 1024;

  private static final byte[] FILE_MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final long MILLIS_OF_SECOND = 1000;

  private final OwnFailures source;
  private final BufferAllocator memory;
  private final ArrowReader file;
  private final TableSchema schema;
  private final List<Field> fields;
  private int rows;
  private int at;

  private ArrowTableReader(BufferAllocator memory, ArrowReader file, OwnFailures source)
      throws IOException {
    this.source = source;
    this.memory = memory;
    this.file = file;
    this.fields = file.getVectorSchemaRoot().getSchema().getFields();
    List<Field> resolved = new ArrayList<>();
    for (Field field : fields) {
      resolved.add(resolved(field));
    }
    this.schema = ArrowTypes.schema(resolved);
  }

  /**
   * Opens a file, whichever of the two formats it is of.
   *
   * @param channel closed by {@link #close}, and if opening fails
   * @throws MalformedContentException if it is neither, or a column is of no type of ours
   */
  public static ArrowTableReader open(SeekableByteChannel channel) throws IOException {
    if (isFile(channel)) {
      BufferAllocator memory = new RootAllocator(MAX_BATCH_BYTES);
      OwnFailures source = new OwnFailures();
      return opened(
          memory,
          new ArrowFileReader(source.of(channel), memory, CommonsCompressionFactory.INSTANCE),
          source);
    }
    return open(Channels.newInputStream(channel));
  }

  /**
   * Opens a stream.
   *
   * @param in closed by {@link #close}, and if opening fails
   * @throws MalformedContentException if it is none, or a column is of no type of ours
   */
  public static ArrowTableReader open(InputStream in) throws IOException {
    BufferAllocator memory = new RootAllocator(MAX_BATCH_BYTES);
    OwnFailures source = new OwnFailures();
    return opened(
        memory,
        new ArrowStreamReader(
            ArrowMessages.of(source.of(in), memory), memory, CommonsCompressionFactory.INSTANCE),
        source);
  }

  private static boolean isFile(SeekableByteChannel channel) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(FILE_MAGIC.length);
    channel.position(0);
    while (magic.hasRemaining() && channel.read(magic) >= 0) {
      // until it is whole or the file ends
    }
    channel.position(0);
    return Arrays.equals(magic.array(), FILE_MAGIC);
  }

  private static ArrowTableReader opened(
      BufferAllocator memory, ArrowReader file, OwnFailures source) throws IOException {
    boolean done = false;
    try {
      ArrowTableReader reader = new ArrowTableReader(memory, file, source);
      done = true;
      return reader;
    } catch (IOException | RuntimeException | AssertionError e) {
      // Some of Arrow's checks are assertions, which are on in tests.
      throw judged(source, e);
    } finally {
      if (!done) {
        close(file, memory);
      }
    }
  }

  /** A column of a dictionary has the type of what is in it. */
  private Field resolved(Field field) throws IOException {
    Field values = field.getDictionary() == null ? field : dictionary(field).getVector().getField();
    List<Field> children = new ArrayList<>();
    for (Field child : values.getChildren()) {
      children.add(resolved(child));
    }
    FieldType type = new FieldType(field.isNullable(), values.getType(), null);
    return new Field(field.getName(), type, children);
  }

  private Dictionary dictionary(Field field) throws IOException {
    long id = field.getDictionary().getId();
    Dictionary dictionary = file.getDictionaryVectors().get(id);
    if (dictionary == null) {
      throw new MalformedContentException(
          "Cannot read column: " + field.getName() + " (its dictionary)");
    }
    return dictionary;
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public @Nullable Object @Nullable [] next() throws IOException {
    try {
      while (at == rows) {
        if (!file.loadNextBatch()) {
          return null;
        }
        rows = file.getVectorSchemaRoot().getRowCount();
        at = 0;
      }
      VectorSchemaRoot batch = file.getVectorSchemaRoot();
      @Nullable Object[] row = new Object[schema.columns().size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = column(batch.getVector(i), schema.columns().get(i));
      }
      at++;
      return row;
    } catch (IOException | RuntimeException | AssertionError e) {
      // Some of Arrow's checks are assertions, which are on in tests.
      throw judged(source, e);
    }
  }

  private @Nullable Object column(FieldVector vector, Column column) throws IOException {
    try {
      return value(vector, at, column.type());
    } catch (ArithmeticException | DateTimeException e) {
      throw new MalformedContentException(
          "Cannot read column: " + column.name() + ": " + e.getMessage() + " (" + column + ")", e);
    }
  }

  private @Nullable Object value(ValueVector vector, int at, ColumnType type) throws IOException {
    Field field = vector.getField();
    if (field.getDictionary() == null || vector.isNull(at)) {
      return plain(vector, at, type);
    }
    long index = ((BaseIntVector) vector).getValueAsLong(at);
    FieldVector values = dictionary(field).getVector();
    if (index < 0 || index >= values.getValueCount()) {
      throw new MalformedContentException(
          "Cannot read column: " + field.getName() + ": " + index + " (in its dictionary)");
    }
    return plain(values, (int) index, type);
  }

  private @Nullable Object plain(ValueVector vector, int at, ColumnType type) throws IOException {
    if (vector.isNull(at)) {
      return null;
    }
    return switch (type.kind()) {
      case STRING -> string(checked(vector, at), at);
      case BINARY -> checked(vector, at).getObject(at);
      case BOOL -> ((BitVector) vector).get(at) != 0;
      case INT32 -> Math.toIntExact(integer(vector, at));
      case INT64 -> integer(vector, at);
      case FLOAT32 -> number(vector, at);
      case FLOAT64 -> ((Float8Vector) vector).get(at);
      case DECIMAL ->
          vector instanceof Decimal256Vector wide
              ? wide.getObject(at)
              : ((DecimalVector) vector).getObject(at);
      case DATE -> date(vector, at);
      case TIMESTAMP -> timestamp((TimeStampVector) vector, at);
      case LIST -> list(vector, at, type);
      case STRUCT -> struct((StructVector) vector, at, type);
      case VECTOR -> vector((FixedSizeListVector) vector, at, type.dimension());
    };
  }

  /** Arrow allocates a value of whatever length its offsets state. */
  private static ValueVector checked(ValueVector vector, int at) throws MalformedContentException {
    long start = 0;
    long end = 0;
    if (vector instanceof BaseVariableWidthVector narrow) {
      start = narrow.getStartOffset(at);
      end = narrow.getStartOffset(at + 1);
    } else if (vector instanceof BaseLargeVariableWidthVector large) {
      start = large.getOffsetBuffer().getLong((long) at * Long.BYTES);
      end = large.getOffsetBuffer().getLong((at + 1L) * Long.BYTES);
    }
    boolean views = start == 0 && end == 0;
    if (!views && (start < 0 || end < start || end > vector.getDataBuffer().capacity())) {
      throw new MalformedContentException(
          "Cannot read column: " + vector.getName() + ": a value from " + start + " to " + end);
    }
    return vector;
  }

  private static String string(ValueVector vector, int at) throws MalformedContentException {
    Object text = vector.getObject(at);
    if (text instanceof Text utf8) {
      try {
        return Utf8.decode(ByteBuffer.wrap(utf8.getBytes(), 0, (int) utf8.getLength()));
      } catch (CharacterCodingException e) {
        throw new MalformedContentException(
            "Cannot read text: " + vector.getName() + " (UTF-8)", e);
      }
    }
    return String.valueOf(text);
  }

  private static long integer(ValueVector vector, int at) {
    if (vector instanceof BigIntVector wide) {
      return wide.get(at);
    }
    return ((BaseIntVector) vector).getValueAsLong(at);
  }

  private static LocalDate date(ValueVector vector, int at) throws MalformedContentException {
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(at));
    }
    long millis = ((DateMilliVector) vector).get(at);
    if (Math.floorMod(millis, MILLIS_OF_DAY) != 0) {
      throw new MalformedContentException(
          "Cannot read column: " + vector.getName() + ": " + millis + " (a whole day)");
    }
    return LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_OF_DAY));
  }

  private static long timestamp(TimeStampVector vector, int at) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    long value = vector.get(at);
    return type.getUnit() == TimeUnit.SECOND ? Math.multiplyExact(value, MILLIS_OF_SECOND) : value;
  }

  private List<@Nullable Object> list(ValueVector vector, int at, ColumnType type)
      throws IOException {
    long start;
    long end;
    ValueVector items;
    if (vector instanceof LargeListVector large) {
      start = large.getElementStartIndex(at);
      end = large.getElementEndIndex(at);
      items = large.getDataVector();
    } else if (vector instanceof FixedSizeListVector fixed) {
      start = fixed.getElementStartIndex(at);
      end = fixed.getElementEndIndex(at);
      items = fixed.getDataVector();
    } else {
      start = ((ListVector) vector).getElementStartIndex(at);
      end = ((ListVector) vector).getElementEndIndex(at);
      items = ((BaseRepeatedValueVector) vector).getDataVector();
    }
    if (start < 0 || end < start || end > items.getValueCount()) {
      throw new MalformedContentException(
          "Cannot read column: " + vector.getName() + ": a list from " + start + " to " + end);
    }
    List<@Nullable Object> list = new ArrayList<>((int) Math.min(end - start, FIRST_ITEMS));
    for (int i = (int) start; i < end; i++) {
      list.add(value(items, i, type.element()));
    }
    return list;
  }

  private @Nullable Object[] struct(StructVector vector, int at, ColumnType type)
      throws IOException {
    @Nullable Object[] values = new Object[type.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(vector.getChildByOrdinal(i), at, type.fields().get(i).type());
    }
    return values;
  }

  private static float number(ValueVector vector, int at) {
    return vector instanceof Float2Vector half
        ? half.getValueAsFloat(at)
        : ((Float4Vector) vector).get(at);
  }

  private static float[] vector(FixedSizeListVector vector, int at, int dimension) {
    float[] values = new float[dimension];
    int start = vector.getElementStartIndex(at);
    FieldVector items = vector.getDataVector();
    for (int i = 0; i < dimension; i++) {
      values[i] = number(items, start + i);
    }
    return values;
  }

  /** What an error means: Arrow reports bytes that are no table by whatever they lead to. */
  private static IOException judged(OwnFailures source, Throwable e) {
    IOException failure = source.first();
    if (failure != null) {
      return failure;
    }
    if (e instanceof MalformedContentException malformed) {
      return malformed;
    }
    if (e instanceof OutOfMemoryException) {
      return new MalformedContentException(
          "Cannot read table: a batch of more than " + MAX_BATCH_BYTES + " bytes (at most)", e);
    }
    return new MalformedContentException("Cannot read table: " + e.getMessage() + " (Arrow)", e);
  }

  @Override
  public void close() throws IOException {
    close(file, memory);
  }

  private static void close(ArrowReader file, BufferAllocator memory) throws IOException {
    try (memory) {
      file.close();
    }
  }
}
