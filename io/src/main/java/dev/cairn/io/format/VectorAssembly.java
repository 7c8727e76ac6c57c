package dev.cairn.io.format;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** A vector: a list of floats of a fixed length. */
final class VectorAssembly extends GroupConverter {
  private final String name;
  private final int dimension;
  private final Consumer<Object> up;
  private final GroupConverter element = new Element();
  private float[] values = new float[0];
  private int filled;

  VectorAssembly(String name, int dimension, Consumer<Object> up) {
    this.name = name;
    this.dimension = dimension;
    this.up = up;
  }

  @Override
  public Converter getConverter(int field) {
    return element;
  }

  @Override
  public void start() {
    values = new float[dimension];
    filled = 0;
  }

  @Override
  public void end() {
    if (filled != dimension) {
      throw RowAssembly.malformed(name, filled + " values", "vector(" + dimension + ")");
    }
    up.accept(values);
  }

  private void add(float value) {
    if (filled == dimension) {
      throw RowAssembly.malformed(name, "more values", "vector(" + dimension + ")");
    }
    values[filled++] = value;
  }

  private final class Element extends GroupConverter {
    private final PrimitiveConverter value =
        new PrimitiveConverter() {
          @Override
          public void addFloat(float value) {
            add(value);
          }

          @Override
          public void addBinary(Binary value) {
            add(LeafAssembly.half(value));
          }
        };

    @Override
    public Converter getConverter(int field) {
      return value;
    }

    @Override
    public void start() {
      // Each element is one value, counted as it comes; a null one makes the vector short.
    }

    @Override
    public void end() {
      // See start().
    }
  }
}
