package dev.cairn.transforms.embed;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.table.Column;
import dev.cairn.models.embed.Embedder;
import dev.cairn.models.remote.TooMuchException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.DocumentTable;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.SideTable;
import dev.cairn.transforms.text.Chunk;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one shard in their order. Chunks are handed to the inference pool ahead of the row
 * that is written, so that one document uses every core; at most {@value #PENDING_CHUNKS} wait.
 */
final class ShardRows implements Closeable {
  private static final int PENDING_CHUNKS = 1024;

  @SuppressWarnings("ArrayRecordComponent") // a row's values: never compared
  private record Pending(Chunk chunk, Cid textCid, Object[] labels, Answer answer) {}

  private final DocumentTable documentTable;
  private final ChunkTable chunkTable;
  private final ShardFiles files;
  private final Embedder embedder;
  private final EarlierVectors earlier;
  private final @Nullable AnsweredVectors answered;
  private final Optional<Integer> titleLabel;
  private final Progress progress;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();

  private final Map<String, Long> errors = new TreeMap<>();
  private final Map<String, Long> sideRows = new TreeMap<>();
  private long documents;
  private long chunks;
  private long tokens;
  private long embeddedChunks;
  private long embeddedTokens;

  ShardRows(
      EmbedSettings settings,
      ShardFiles files,
      Embedder embedder,
      EarlierVectors earlier,
      @Nullable AnsweredVectors answered) {
    this.documentTable = DocumentTable.of(settings.source());
    this.chunkTable =
        ChunkTable.of(settings.source(), settings.vectors().type().column(embedder.dimension()));
    this.files = files;
    this.embedder = embedder;
    this.earlier = earlier;
    this.answered = answered;
    this.titleLabel =
        settings.vectors().titleContext()
            ? Optional.of(titleLabel(settings.source()))
            : Optional.empty();
    this.progress = Progress.in(settings.progressFolder());
  }

  void document(Object[] row) throws IOException {
    files.add(ShardReceipt.DOCUMENTS, documentTable.schema(), row);
    documents++;
  }

  void side(SideTable table, Document document) throws IOException {
    table.write(
        document,
        row -> {
          files.add(table.name(), table.schema(), row);
          sideRows.merge(table.name(), 1L, Long::sum);
        });
  }

  void chunk(Chunk chunk, DocumentChunks of, Object[] labels) throws IOException {
    Cid textCid = ChunkTable.textCid(chunk);
    String title = titleLabel.map(i -> TitleLine.inRow(labels[i])).orElse("");
    VectorKey key = new VectorKey(textCid, title);
    float[] known = earlier.find(chunk.getId(), key);
    Answer answer = known == null ? answer(key, of.embedded(chunk)) : Answer.known(known);
    pending.add(new Pending(chunk, textCid, labels, answer));
    while (pending.size() > PENDING_CHUNKS || headIsDone()) {
      writeHead();
    }
  }

  private Answer answer(VectorKey key, String text) throws IOException {
    return answered == null
        ? Answer.computed(embedder.submit(text))
        : answered.answer(key, () -> embedder.submit(text));
  }

  void deadLetter(DeadLetter letter) throws IOException {
    files.add(ShardReceipt.ERRORS, DeadLetter.SCHEMA, letter.toRow());
    errors.merge(letter.code(), 1L, Long::sum);
  }

  /** Writes the rows that wait for their vectors. */
  void finishChunks() throws IOException {
    while (!pending.isEmpty()) {
      writeHead();
    }
  }

  /** What was written, as the receipt of a shard. */
  ShardReceipt receipt(String key, Cid folder) {
    return ShardReceipt.of(
        key,
        folder.toString(),
        documents,
        chunks,
        tokens,
        embeddedChunks,
        embeddedTokens,
        Map.copyOf(errors),
        Map.copyOf(sideRows));
  }

  private boolean headIsDone() {
    Pending head = pending.peek();
    return head != null && head.answer.vector().isDone();
  }

  private void writeHead() throws IOException {
    Pending head = pending.remove();
    Object[] row = chunkTable.row(head.chunk, head.textCid, vectorOf(head), head.labels);
    files.add(ShardReceipt.CHUNKS, chunkTable.schema(), row);
    chunks++;
    tokens += head.chunk.getTokenCount();
    if (head.answer.isComputed()) {
      embeddedChunks++;
      embeddedTokens += head.chunk.getTokenCount();
    }
    progress.add(1, head.chunk.getTokenCount());
  }

  private static int titleLabel(RecordSource source) {
    List<String> labels = source.chunkColumns().stream().map(Column::name).toList();
    if (!labels.contains(VectorRows.TITLE)) {
      throw new IllegalArgumentException(
          "Cannot embed behind titles: chunks of " + source.name() + " (with a column title)");
    }
    return labels.indexOf(VectorRows.TITLE);
  }

  private static float[] vectorOf(Pending head) throws IOException {
    try {
      return head.answer.vector().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException endpoint && !(endpoint instanceof TooMuchException)) {
        throw endpoint; // which it names, and it is not the chunk
      }
      if (e.getCause() instanceof UncheckedIOException disk) {
        throw new StorageException(String.valueOf(disk.getMessage()), disk);
      }
      throw new IOException(
          "Cannot embed chunk: "
              + head.chunk.getId()
              + " part "
              + head.chunk.getPart()
              + " chunk "
              + head.chunk.getChunk()
              + " (the model must take it)",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot embed chunk: interrupted (run was cancelled)");
    }
  }

  /** Gives up what still waits; harmless after {@link #finishChunks}. */
  @Override
  public void close() {
    pending.forEach(p -> p.answer.asked().cancel(false));
    pending.clear();
  }
}
