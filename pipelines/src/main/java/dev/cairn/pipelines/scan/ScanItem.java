package dev.cairn.pipelines.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.dataset.KeyOrder;
import dev.cairn.io.sort.SortCodec;
import dev.cairn.transforms.hub.HubKind;
import dev.cairn.transforms.hub.HubRecord;
import dev.cairn.transforms.hub.Popularity;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.RecordJson;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A record that was fetched, on its way through the sorter.
 *
 * @param modified in microseconds since 1970; the smallest if it is not known
 * @param json the record with its names sorted, in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // compared by ORDER alone
record ScanItem(HubKind kind, String id, long modified, byte[] json) {
  /** By id; of one id the newest first. */
  static final Comparator<ScanItem> ORDER =
      Comparator.comparing(ScanItem::id, KeyOrder.INSTANCE)
          .thenComparing(Comparator.comparingLong(ScanItem::modified).reversed())
          .thenComparing(ScanItem::json, Arrays::compareUnsigned);

  /** Bytes of an item in memory beside its JSON, about. */
  private static final int OVERHEAD_BYTES = 200;

  static ScanItem of(HubKind kind, ObjectNode object) throws BadRecordException {
    RecordJson.requireUnicode(object);
    HubRecord record = HubRecord.ofApi(kind, object);
    Popularity.ofApi(record.id(), object);
    Long modified = record.getLastModified();
    byte[] json = RecordJson.canonical(object).getBytes(StandardCharsets.UTF_8);
    return new ScanItem(kind, record.id(), modified == null ? Long.MIN_VALUE : modified, json);
  }

  HubRecord record() {
    return read(HubRecord::ofApi);
  }

  Popularity popularity() {
    return read((kind, object) -> Popularity.ofApi(id, object));
  }

  /** What the record says, without what changes from day to day. */
  String content() {
    return read(
        (kind, object) -> {
          object.remove(Popularity.FIELDS);
          return RecordJson.canonical(object);
        });
  }

  private interface Reader<T> {
    T read(HubKind kind, ObjectNode object) throws BadRecordException;
  }

  private <T> T read(Reader<T> reader) {
    try {
      return reader.read(kind, RecordJson.parse(json));
    } catch (BadRecordException e) {
      throw new IllegalStateException("Cannot read record: " + id + " (it was read before)", e);
    }
  }

  /** Items in a file while they are sorted. */
  static final class Codec implements SortCodec<ScanItem> {
    @Override
    public long memory(ScanItem item) {
      return OVERHEAD_BYTES + (long) item.json.length;
    }

    @Override
    public void write(ScanItem item, DataOutputStream out) throws IOException {
      out.writeBoolean(item.kind == HubKind.DATASET);
      out.writeUTF(item.id);
      out.writeLong(item.modified);
      out.writeInt(item.json.length);
      out.write(item.json);
    }

    @Override
    public ScanItem read(DataInputStream in) throws IOException {
      HubKind kind = in.readBoolean() ? HubKind.DATASET : HubKind.MODEL;
      String id = in.readUTF();
      long modified = in.readLong();
      byte[] json = in.readNBytes(in.readInt());
      return new ScanItem(kind, id, modified, json);
    }
  }
}
