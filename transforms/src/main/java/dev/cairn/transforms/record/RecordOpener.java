package dev.cairn.transforms.record;

import dev.cairn.io.dataset.Address;
import dev.cairn.io.store.tier.WorkStore;
import java.io.IOException;
import java.util.Arrays;

/** Opens records at their addresses and proves that they are still what the plan saw. */
public final class RecordOpener {

  /**
   * A record that was opened.
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
   * Opens one record.
   *
   * @throws InputChangedException if it is not what the plan saw
   */
  public Opened open(Address address) throws IOException {
    try {
      Document document = source.parse(RecordJson.parse(files.read(address)));
      Object[] row = table.row(document, address.record(), address.path());
      if (!Arrays.equals(table.contentDigest(row), address.content())) {
        throw new InputChangedException(address.path(), "another record at " + address.offset());
      }
      return new Opened(document, row);
    } catch (BadRecordException e) {
      InputChangedException changed =
          new InputChangedException(address.path(), "a record at " + address.offset());
      changed.initCause(e);
      throw changed;
    }
  }
}
