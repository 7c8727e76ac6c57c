package dev.cairn.transforms.record;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.format.ArrowTableReader;
import dev.cairn.io.format.CsvTableReader;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.format.RowJson;
import dev.cairn.io.format.RowReader;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.transforms.record.FileKind.Form;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns files in which a record has no place (packed ones, tables, archives) into objects of the
 * store in which it has one. Rows of tables become lines of JSON. Memory is that of one row, or of
 * one row group of a Parquet file.
 */
final class Unpacker {
  /** What of a message is ours and no library's, and helps. */
  private static final String OWN_MESSAGE = "Cannot read codec: ";

  /** Takes rows that are none. */
  @FunctionalInterface
  interface Refusals {
    void refused(String code, String reason) throws IOException;
  }

  /**
   * What a file, or a member of an archive, was unpacked to.
   *
   * @param member its name in the archive; empty for the file itself
   */
  record Unpacked(Written object, Form form, String member) {}

  private final RecordFiles files;
  private final RecordSource source;

  Unpacker(RecordFiles files, RecordSource source) {
    this.files = files;
    this.source = source;
  }

  /**
   * Unpacks a file.
   *
   * @throws BadRecordException if it cannot be; rows that were read before are given up with it
   */
  List<Unpacked> unpack(InputFile file, FileKind kind, Refusals refusals)
      throws IOException, BadRecordException {
    try (SeekableByteChannel packed = files.open(file);
        BlockWriter writer = files.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      List<Unpacked> unpacked =
          switch (kind.form()) {
            case ZIP -> new ZipMembers(source, packed, file.size()).unpack(objects, refusals);
            case PARQUET ->
                List.of(
                    lines(
                        objects,
                        out ->
                            table(
                                () -> ParquetTableReader.openReadable(new KeptOpen(packed)),
                                "parquet",
                                file.size(),
                                out,
                                refusals)));
            case ARROW ->
                List.of(
                    lines(
                        objects,
                        out ->
                            table(
                                () -> ArrowTableReader.open(new KeptOpen(packed)),
                                "arrow",
                                file.size(),
                                out,
                                refusals)));
            case CSV ->
                List.of(lines(objects, out -> csv(plain(packed, file, kind), out, refusals)));
            default -> List.of(copy(objects, plain(packed, file, kind), kind.form()));
          };
      if (packed instanceof HashingChannel hashing) {
        hashing.finish();
      }
      writer.seal();
      return unpacked;
    }
  }

  private static PlainStream plain(SeekableByteChannel packed, InputFile file, FileKind kind)
      throws IOException, BadRecordException {
    return PlainStream.of(packed, file.size(), kind.packing());
  }

  private static Unpacked copy(UnixFsWriter objects, PlainStream in, Form form)
      throws IOException, BadRecordException {
    FileWriter out = objects.file();
    in.copyTo(out);
    return new Unpacked(out.finish(), form, "");
  }

  private interface Lines {
    void writeTo(FileWriter out) throws IOException, BadRecordException;
  }

  private static Unpacked lines(UnixFsWriter objects, Lines lines)
      throws IOException, BadRecordException {
    FileWriter out = objects.file();
    lines.writeTo(out);
    return new Unpacked(out.finish(), Form.JSON_LINES, "");
  }

  private interface Rows {
    RowReader open() throws IOException;
  }

  private static void table(Rows table, String kind, long size, FileWriter out, Refusals refusals)
      throws IOException, BadRecordException {
    String code = "invalid_" + kind;
    try (RowReader rows = table.open()) {
      write(rows, new LimitedStream(out, size), refusals, code);
    } catch (MalformedContentException e) {
      String message = String.valueOf(e.getMessage());
      int codec = message.indexOf(OWN_MESSAGE);
      String reason = codec < 0 ? "not a whole file of " + kind : message.substring(codec);
      throw new BadRecordException(code, reason, e);
    } catch (PlainStream.BombException e) {
      throw new BadRecordException("unpacks_too_large", String.valueOf(e.getMessage()), e);
    }
  }

  private void csv(PlainStream in, FileWriter out, Refusals refusals)
      throws IOException, BadRecordException {
    try (RowReader rows = CsvTableReader.open(keptOpen(in), source::escapesByBackslash)) {
      write(rows, out, refusals, "invalid_csv");
    } catch (MalformedContentException e) {
      in.rethrowIfSpent();
      throw new BadRecordException("invalid_csv", String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw in.judge(e);
    }
  }

  private static void write(RowReader rows, OutputStream out, Refusals refusals, String code)
      throws IOException {
    try (RowJson json = new RowJson(out, rows.schema(), RowJson.Unfit.LEFT_OUT)) {
      long number = 0;
      boolean more = true;
      while (more) {
        number++;
        try {
          @Nullable Object @Nullable [] row = rows.next();
          more = row != null;
          if (row != null) {
            json.write(row);
          }
        } catch (InvalidRowException e) {
          refusals.refused(code, "row " + number + ": " + e.getMessage());
        }
      }
    }
  }

  private static InputStream keptOpen(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
      }

      @Override
      public void close() {
        // The channel is read on to its end.
      }
    };
  }
}
