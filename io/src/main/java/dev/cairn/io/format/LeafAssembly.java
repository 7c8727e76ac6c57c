package dev.cairn.io.format;

import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** One value; a text of a dictionary is decoded once for all its rows. */
final class LeafAssembly extends PrimitiveConverter {
  private final boolean text;
  private final Consumer<Object> up;
  private String[] texts = new String[0];

  LeafAssembly(boolean text, Consumer<Object> up) {
    this.text = text;
    this.up = up;
  }

  @Override
  public boolean hasDictionarySupport() {
    return text;
  }

  @Override
  public void setDictionary(Dictionary dictionary) {
    texts = new String[dictionary.getMaxId() + 1];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    up.accept(texts[id]);
  }

  @Override
  public void addBinary(Binary value) {
    up.accept(value.toStringUsingUTF8());
  }

  @Override
  public void addBoolean(boolean value) {
    up.accept(value);
  }

  @Override
  public void addDouble(double value) {
    up.accept(value);
  }

  @Override
  public void addInt(int value) {
    up.accept(value);
  }

  @Override
  public void addLong(long value) {
    up.accept(value);
  }
}
