package dev.cairn.io.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.jspecify.annotations.Nullable;

/** A list: the outer group is the list, the repeated one inside it an element. */
final class ListAssembly extends GroupConverter {
  private final String name;
  private final Consumer<Object> up;
  private final boolean nullable;
  private final Element element;
  private List<@Nullable Object> items = new ArrayList<>();

  /**
   * @param nullable whether an element may be null
   */
  ListAssembly(
      String name,
      boolean nullable,
      Function<Consumer<Object>, Converter> inner,
      Consumer<Object> up) {
    this.name = name;
    this.nullable = nullable;
    this.up = up;
    this.element = new Element(inner.apply(item -> items.add(item)));
  }

  @Override
  public Converter getConverter(int field) {
    return element;
  }

  @Override
  public void start() {
    items = new ArrayList<>();
  }

  @Override
  public void end() {
    up.accept(Collections.unmodifiableList(items));
  }

  private final class Element extends GroupConverter {
    private final Converter inner;
    private int before;

    Element(Converter inner) {
      this.inner = inner;
    }

    @Override
    public Converter getConverter(int field) {
      return inner;
    }

    @Override
    public void start() {
      before = items.size();
    }

    @Override
    public void end() {
      if (items.size() == before) {
        if (!nullable) {
          throw RowAssembly.malformed(name, "a null element", "no element is null");
        }
        items.add(null);
      }
    }
  }
}
