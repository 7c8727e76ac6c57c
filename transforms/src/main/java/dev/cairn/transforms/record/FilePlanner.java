package dev.cairn.transforms.record;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.format.JsonRecords.Layout;
import dev.cairn.io.format.JsonRecords.Span;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.unixfs.Written;
import dev.cairn.transforms.record.FileKind.Form;
import dev.cairn.transforms.record.Unpacker.Unpacked;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Reads one file's records and tells the address of each, or the dead letter it is. */
final class FilePlanner {
  private static final String STAGE = "parse";

  /** Takes what the planner finds, in file order. */
  interface Sink {
    void address(Address address) throws IOException;

    void deadLetter(DeadLetter letter) throws IOException;

    /** A file that holds several records. */
    void container(InputFile file) throws IOException;

    /** What was unpacked into the store, where addresses will point to. */
    void unpacked(Written object) throws IOException;
  }

  /**
   * Where records are read.
   *
   * @param listed the file of the input
   * @param object its bytes, or those that it was unpacked to
   * @param size of the object, in bytes
   * @param member of an archive; empty otherwise
   */
  private record Place(
      InputFile listed, Cid object, long size, boolean unpacked, Form form, String member) {
    static Place of(InputFile file, Form form) {
      return new Place(file, file.cid(), file.size(), false, form, "");
    }

    static Place of(InputFile file, Unpacked part) {
      Written object = part.object();
      return new Place(file, object.cid(), object.size(), true, part.form(), part.member());
    }
  }

  private final RecordSource source;
  private final DocumentTable table;
  private final RecordFiles files;
  private final Unpacker unpacker;

  FilePlanner(RecordSource source, RecordFiles files) {
    this.source = source;
    this.table = DocumentTable.of(source);
    this.files = files;
    this.unpacker = new Unpacker(files, source);
  }

  void plan(InputFile file, Sink sink) throws IOException {
    Optional<FileKind> kind = FileKind.of(file.path());
    if (kind.isEmpty()) {
      sink.deadLetter(
          letter(file, "", "unsupported_file", "not a kind that is read (" + FileKind.READ + ")"));
      return;
    }
    try {
      plan(file, kind.get(), sink);
    } catch (BadRecordException e) {
      sink.deadLetter(letter(file, "", e.code(), e.reason()));
    }
  }

  private void plan(InputFile file, FileKind kind, Sink sink)
      throws IOException, BadRecordException {
    int records = 0;
    boolean container = true;
    if (kind.inPlace()) {
      try (SeekableByteChannel channel = files.open(file)) {
        Found found = planRecords(Place.of(file, kind.form()), channel, sink);
        records = found.records();
        container = !found.wholeFile();
        if (channel instanceof HashingChannel hashing) {
          hashing.finish();
        }
      }
    } else {
      Refused refused = new Refused(file, sink);
      for (Unpacked part : unpacker.unpack(file, kind, refused)) {
        sink.unpacked(part.object());
        try (SeekableByteChannel channel = files.openStored(part.object().cid())) {
          records += planRecords(Place.of(file, part), channel, sink).records();
        }
      }
      records += refused.count;
    }
    if (container) {
      sink.container(file);
    }
    if (records == 0) {
      sink.deadLetter(letter(file, "", "no_records", "the file has no record (at least one)"));
    }
  }

  /** Rows and members that cannot become records. */
  private static final class Refused implements Unpacker.Refusals {
    private final InputFile file;
    private final Sink sink;
    private int count;

    Refused(InputFile file, Sink sink) {
      this.file = file;
      this.sink = sink;
    }

    @Override
    public void refused(String code, String reason) throws IOException {
      count++;
      sink.deadLetter(letter(file, "", code, reason));
    }
  }

  /**
   * What was found in an object.
   *
   * @param wholeFile true unless one of the records is only a piece of it
   */
  private record Found(int records, boolean wholeFile) {}

  private Found planRecords(Place place, SeekableByteChannel channel, Sink sink)
      throws IOException {
    if (place.form().isText()) {
      if (place.size() == 0) {
        return new Found(0, true);
      }
      planRecord(place, whole(place, channel), sink);
      return new Found(1, true);
    }
    Layout layout = place.form() == Form.JSON ? Layout.VALUES : Layout.LINES;
    try (JsonRecords records = JsonRecords.open(new KeptOpen(channel), layout)) {
      int count = 0;
      boolean wholeFile = true;
      for (Span span = records.next(); span != null; span = records.next()) {
        wholeFile &= span.length() == place.size();
        planRecord(place, span, sink);
        count++;
      }
      return new Found(count, wholeFile);
    }
  }

  private static Span whole(Place place, SeekableByteChannel channel) throws IOException {
    boolean fits = place.size() <= JsonRecords.MAX_RECORD_BYTES;
    byte[] bytes = fits ? JsonRecords.read(channel, 0, (int) place.size()) : null;
    return new Span(0, place.size(), bytes);
  }

  private void planRecord(Place place, Span span, Sink sink) throws IOException {
    InputFile file = place.listed();
    try {
      byte[] bytes = RecordBytes.of(span);
      RawRecord raw = RecordBytes.read(file.path(), place.form(), bytes);
      Piece piece = source.parse(raw);
      if (piece.document() == null) {
        RecordBytes.requireUnicode(raw); // of a whole its row is checked
      }
      boolean whole = span.offset() == 0 && span.length() == place.size();
      Cid recordCid = whole ? place.object() : files.cidOf(bytes);
      byte[] content = content(piece, raw, recordCid, file.path(), bytes);
      if (!Address.fits(piece.id(), piece.part(), piece.refersTo(), file.path())) {
        throw new BadRecordException("long_name", "id and path are too long for an address (800)");
      }
      sink.address(
          new Address(
              piece.id(),
              piece.part(),
              piece.refersTo(),
              file.path(),
              place.object(),
              place.unpacked(),
              span.offset(),
              span.length(),
              recordCid,
              content,
              piece.textUnits()));
    } catch (BadRecordException e) {
      sink.deadLetter(letter(file, excerpt(span), e.code(), e.reason() + at(place, span)));
    }
  }

  private byte[] content(Piece piece, RawRecord raw, Cid record, String path, byte[] bytes)
      throws BadRecordException {
    Document document = piece.document();
    if (document == null) {
      return RecordBytes.digest(raw, bytes, source.volatileFields());
    }
    try {
      return table.contentDigest(table.row(document, record, path));
    } catch (InvalidRowException e) {
      throw new BadRecordException("invalid_unicode", "a lone surrogate (Unicode text)", e);
    }
  }

  private static String at(Place place, Span span) {
    String member = place.member().isEmpty() ? "" : ", in " + place.member();
    return span.offset() == 0 ? member : member + ", at byte " + span.offset();
  }

  private static String excerpt(Span span) {
    byte[] bytes = span.bytes();
    return bytes == null ? "" : DeadLetter.excerptOf(bytes);
  }

  private static DeadLetter letter(InputFile file, String excerpt, String code, String reason) {
    return new DeadLetter(file.path(), "", STAGE, code, reason, excerpt);
  }
}
