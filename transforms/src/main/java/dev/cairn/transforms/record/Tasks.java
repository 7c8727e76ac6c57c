package dev.cairn.transforms.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A bounded source of tasks, one split a task in the order given, so that a runner hands them out
 * on demand. (Measured: a GroupByKey or Reshuffle over few keys leaves workers idle.)
 *
 * @param <T> a task; small, because all of them travel with the job
 */
public final class Tasks<T> extends BoundedSource<T> {
  private static final long serialVersionUID = 1L;

  private final List<byte[]> encoded;
  private final List<Long> sizes;
  private final Coder<T> coder;

  private Tasks(List<byte[]> encoded, List<Long> sizes, Coder<T> coder) {
    this.encoded = encoded;
    this.sizes = sizes;
    this.coder = coder;
  }

  /** A source of {@code tasks}; {@code size} gives the bytes of work in each. */
  public static <T> Tasks<T> of(List<T> tasks, Coder<T> coder, ToSize<T> size) {
    List<byte[]> encoded = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (T task : tasks) {
      encoded.add(TaskBytes.encode(coder, task));
      sizes.add(size.of(task));
    }
    return new Tasks<>(encoded, sizes, coder);
  }

  /**
   * A source of {@code tasks}, the largest first, so that none of them is the last to begin.
   *
   * @param key orders tasks of one size
   */
  public static <T> Tasks<T> largestFirst(
      List<T> tasks, Coder<T> coder, ToSize<T> size, Function<T, String> key) {
    List<T> sorted = new ArrayList<>(tasks);
    sorted.sort(Comparator.comparingLong((T task) -> size.of(task)).reversed().thenComparing(key));
    return of(sorted, coder, size);
  }

  /** Bytes of work in a task. */
  @FunctionalInterface
  public interface ToSize<T> {
    long of(T task);
  }

  @Override
  public List<Tasks<T>> split(long desiredBundleSizeBytes, PipelineOptions options) {
    List<Tasks<T>> splits = new ArrayList<>();
    for (int i = 0; i < encoded.size(); i++) {
      splits.add(new Tasks<>(List.of(encoded.get(i)), List.of(sizes.get(i)), coder));
    }
    return splits;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public Coder<T> getOutputCoder() {
    return coder;
  }

  @Override
  public BoundedReader<T> createReader(PipelineOptions options) {
    return new Reader<>(this);
  }

  private static final class Reader<T> extends BoundedReader<T> {
    private final Tasks<T> source;
    private int at = -1;

    Reader(Tasks<T> source) {
      this.source = source;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      at++;
      return at < source.encoded.size();
    }

    @Override
    public T getCurrent() {
      if (at < 0 || at >= source.encoded.size()) {
        throw new NoSuchElementException();
      }
      return TaskBytes.decode(source.coder, source.encoded.get(at));
    }

    @Override
    public BoundedSource<T> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
