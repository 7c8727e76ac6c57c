package dev.cairn.transforms.embed;

import dev.cairn.io.table.ColumnType;

/** How a dataset keeps its vectors. Models give 32-bit floats; fewer bits are a matter of room. */
public enum VectorType {
  /** 32-bit floats, as the model gave them. */
  F32,
  /** The nearest 16-bit floats (IEEE 754 binary16), in half the room. */
  F16;

  /** The type of a column of such vectors. */
  public ColumnType column(int dimension) {
    return this == F16 ? ColumnType.halfVector(dimension) : ColumnType.vector(dimension);
  }

  /** True if all that this type tells of a model's vectors is also in vectors of another type. */
  public boolean isIn(VectorType other) {
    return this == other || other == F32;
  }
}
