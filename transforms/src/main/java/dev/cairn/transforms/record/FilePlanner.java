package dev.cairn.transforms.record;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads one file's records and tells the address of each, or the dead letter it is. */
final class FilePlanner {
  private static final String STAGE = "parse";

  /** Bytes of a bad record that are looked at for its excerpt. */
  private static final int EXCERPT_BYTES = 1024;

  /** Takes what the planner finds, in file order. */
  interface Sink {
    void address(Address address) throws IOException;

    void deadLetter(DeadLetter letter) throws IOException;

    /** A file that holds several records. */
    void container(InputFile file) throws IOException;

    /** A file that was unpacked into the store, where addresses will point to. */
    void unpacked(Written file) throws IOException;
  }

  private final RecordSource source;
  private final DocumentTable table;
  private final RecordFiles files;

  FilePlanner(RecordSource source, RecordFiles files) {
    this.source = source;
    this.table = DocumentTable.of(source);
    this.files = files;
  }

  void plan(InputFile file, Sink sink) throws IOException {
    Optional<FileKind> kind = FileKind.of(file.path());
    if (kind.isEmpty()) {
      sink.deadLetter(
          letter(file, "", "unsupported_file", "not a kind that is read (" + FileKind.READ + ")"));
      return;
    }
    try {
      planRecords(file, kind.get().gzip() ? unpack(file, sink) : file, kind.get(), sink);
    } catch (BadRecordException e) {
      sink.deadLetter(letter(file, "", e.code(), e.reason()));
    }
  }

  private InputFile unpack(InputFile file, Sink sink) throws IOException, BadRecordException {
    Written unpacked = files.unpack(file);
    sink.unpacked(unpacked);
    return new InputFile(file.path(), unpacked.cid(), unpacked.size());
  }

  private void planRecords(InputFile listed, InputFile file, FileKind kind, Sink sink)
      throws IOException {
    boolean unpacked = kind.gzip();
    try (SeekableByteChannel channel = unpacked ? files.openStored(file) : files.open(file);
        JsonRecords records = JsonRecords.open(channel, kind.layout())) {
      int count = 0;
      boolean container = unpacked;
      for (JsonRecords.Span span = records.next(); span != null; span = records.next()) {
        planRecord(file, span, unpacked, sink);
        container |= span.length() != file.size();
        count++;
      }
      if (channel instanceof HashingChannel hashing) {
        hashing.finish();
      }
      if (container) {
        sink.container(listed);
      }
      if (count == 0) {
        sink.deadLetter(letter(file, "", "no_records", "the file has no record (at least one)"));
      }
    }
  }

  private void planRecord(InputFile file, JsonRecords.Span span, boolean unpacked, Sink sink)
      throws IOException {
    try {
      Document document = source.parse(RecordJson.parse(span));
      boolean whole = span.offset() == 0 && span.length() == file.size();
      Cid recordCid = whole || span.bytes() == null ? file.cid() : files.cidOf(span.bytes());
      byte[] content = content(document, recordCid, file.path());
      if (!Address.fits(document.id(), file.path())) {
        throw new BadRecordException("long_name", "id and path are too long for an address (800)");
      }
      sink.address(
          new Address(
              document.id(),
              file.path(),
              file.cid(),
              unpacked,
              span.offset(),
              span.length(),
              recordCid,
              content,
              document.body().text().length()));
    } catch (BadRecordException e) {
      sink.deadLetter(letter(file, excerpt(span), e.code(), e.reason() + place(span)));
    }
  }

  private byte[] content(Document document, Cid record, String path) throws BadRecordException {
    try {
      return table.contentDigest(table.row(document, record, path));
    } catch (InvalidRowException e) {
      throw new BadRecordException("invalid_unicode", "a lone surrogate (Unicode text)", e);
    }
  }

  private static String place(JsonRecords.Span span) {
    return span.offset() == 0 ? "" : ", at byte " + span.offset();
  }

  private static String excerpt(JsonRecords.Span span) {
    byte[] bytes = span.bytes();
    return bytes == null
        ? ""
        : new String(
            Arrays.copyOf(bytes, Math.min(bytes.length, EXCERPT_BYTES)), StandardCharsets.UTF_8);
  }

  private static DeadLetter letter(InputFile file, String excerpt, String code, String reason) {
    return new DeadLetter(file.path(), "", STAGE, code, reason, excerpt);
  }
}
