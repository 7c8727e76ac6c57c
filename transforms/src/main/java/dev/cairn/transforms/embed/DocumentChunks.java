package dev.cairn.transforms.embed;

import dev.cairn.models.token.TextTokenizer;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.text.Chunk;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.Chunker;
import dev.cairn.transforms.text.Part;
import dev.cairn.transforms.text.TextTokens;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** All chunks of one document, part after part, each with the text that is embedded for it. */
final class DocumentChunks implements Iterator<Chunk> {
  private final List<Chunker> parts;
  private final String context;
  private int at;

  private DocumentChunks(List<Chunker> parts, String context) {
    this.parts = parts;
    this.context = context;
  }

  /**
   * Starts cutting.
   *
   * @param prefix the model's own prompt for documents, empty for none
   * @param titleContext true if each chunk is embedded behind the document's title
   * @throws BadRecordException if a part has no token, so that no chunk could cover it
   */
  static DocumentChunks of(
      Document document,
      TextTokenizer tokenizer,
      String prefix,
      ChunkSettings settings,
      boolean titleContext)
      throws BadRecordException {
    String context =
        prefix
            + (titleContext ? TitleLine.of(document.title(), tokenizer, settings.maxTokens()) : "");
    int contextTokens = context.isEmpty() ? 0 : new TextTokens(tokenizer, "").count(context);
    List<Chunker> parts = new ArrayList<>();
    for (Part part : document.body().parts()) {
      String text = part.in(document.body().text());
      Chunker chunker =
          new Chunker(
              document.id(),
              parts.size(),
              part.charStart(),
              text,
              new TextTokens(tokenizer, text),
              settings,
              contextTokens);
      if (!chunker.hasNext()) {
        throw new BadRecordException(
            "no_tokens", "part " + parts.size() + " has no token (at least one a part)");
      }
      parts.add(chunker);
    }
    return new DocumentChunks(parts, context);
  }

  @Override
  public boolean hasNext() {
    while (at < parts.size() && !parts.get(at).hasNext()) {
      at++;
    }
    return at < parts.size();
  }

  @Override
  public Chunk next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return parts.get(at).next();
  }

  /** The text to embed for a chunk. */
  String embedded(Chunk chunk) {
    return context + chunk.getText();
  }
}
