package dev.cairn.transforms.record;

import dev.cairn.io.dataset.Address;
import dev.cairn.io.store.tier.WorkStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opens records at their addresses and proves that they are still what the plan saw. */
public final class RecordOpener {
  /**
   * A document that was opened.
   *
   * @param row its row of the documents table
   */
  @SuppressWarnings("ArrayRecordComponent") // a row: never compared
  public record Opened(Document document, Object[] row) {}

  private final RecordSource source;
  private final DocumentTable table;
  private final RecordFiles files;

  public RecordOpener(RecordSource source, InputRoot root, WorkStore store) {
    this.source = source;
    this.table = DocumentTable.of(source);
    this.files = new RecordFiles(store, root);
  }

  /**
   * Opens the records of one document.
   *
   * @param addresses of one id, in their order
   * @throws InputChangedException if one is not what the plan saw
   * @throws BadRecordException if they make no document together
   */
  public Opened open(List<Address> addresses) throws IOException, BadRecordException {
    Address first = addresses.get(0);
    if (first.part().isEmpty()) {
      Piece whole = read(first);
      Document document = whole.document();
      if (document == null) {
        throw changed(first);
      }
      return opened(document, first);
    }
    List<Piece> parts = new ArrayList<>();
    Address origin = null;
    for (Address address : addresses) {
      parts.add(read(address));
      origin = origin == null && address.textBytes() > 0 ? address : origin;
    }
    return opened(source.join(first.id(), parts), origin == null ? first : origin);
  }

  private Opened opened(Document document, Address origin) {
    return new Opened(document, table.row(document, origin.record(), origin.path()));
  }

  private Piece read(Address address) throws IOException {
    byte[] bytes = files.read(address);
    try {
      RawRecord raw = RecordBytes.read(address.path(), RecordBytes.formOf(address.path()), bytes);
      Piece piece = source.parse(raw);
      Document document = piece.document();
      byte[] content =
          document == null
              ? RecordBytes.digest(raw, bytes, source.volatileFields())
              : table.contentDigest(table.row(document, address.record(), address.path()));
      if (!piece.part().equals(address.part()) || !Arrays.equals(content, address.content())) {
        throw changed(address);
      }
      return piece;
    } catch (BadRecordException e) {
      InputChangedException changed = changed(address);
      changed.initCause(e);
      throw changed;
    }
  }

  private static InputChangedException changed(Address address) {
    return new InputChangedException(address.path(), "another record at " + address.offset());
  }
}
