package dev.cairn.transforms.record;

import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.record.FileKind.Packing;
import dev.cairn.transforms.record.Unpacker.Refusals;
import dev.cairn.transforms.record.Unpacker.Unpacked;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The members of a zip archive that hold JSON, by its central directory. Names are never paths of
 * this machine: one that would lead out of a folder is refused all the same, for whoever reads it.
 */
final class ZipMembers {
  private static final int BUFFER_BYTES = 1 << 16;

  private final RecordSource source;
  private final SeekableByteChannel archive;
  private final long limit;
  private long unpacked;

  ZipMembers(RecordSource source, SeekableByteChannel archive, long bytes) {
    this.source = source;
    this.archive = archive;
    this.limit = PlainStream.limit(bytes);
  }

  /**
   * Unpacks all members, in the order of the central directory.
   *
   * @throws BadRecordException if it is no zip archive, or unpacks to too much
   */
  List<Unpacked> unpack(UnixFsWriter objects, Refusals refusals)
      throws IOException, BadRecordException {
    WatchedChannel watched = new WatchedChannel(archive);
    try {
      ZipDirectory.check(watched);
      List<Unpacked> members = new ArrayList<>();
      try (ZipFile zip =
          ZipFile.builder().setSeekableByteChannel(watched).setIgnoreLocalFileHeader(true).get()) {
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
          Unpacked member = member(zip, entry, objects, refusals, watched);
          if (member != null) {
            members.add(member);
          }
        }
      }
      return members;
    } catch (IOException | IllegalArgumentException e) {
      throw judge(watched, e);
    }
  }

  private static BadRecordException judge(WatchedChannel watched, Exception e) throws IOException {
    if (watched.failure() != null) {
      throw watched.failure();
    }
    if (e instanceof PlainStream.BombException) {
      return new BadRecordException("unpacks_too_large", String.valueOf(e.getMessage()), e);
    }
    return new BadRecordException("invalid_zip", "not a whole zip archive", e);
  }

  private @Nullable Unpacked member(
      ZipFile zip,
      ZipArchiveEntry entry,
      UnixFsWriter objects,
      Refusals refusals,
      WatchedChannel watched)
      throws IOException {
    String name = entry.getName();
    if (entry.isDirectory() || source.skips(name)) {
      return null;
    }
    if (isUnsafe(name)) {
      refusals.refused("unsafe_name", "member " + printable(name) + " (a path below the archive)");
      return null;
    }
    Optional<FileKind> kind = FileKind.of(name);
    boolean json =
        kind.isPresent()
            && kind.get().packing() == Packing.NONE
            && kind.get().inPlace()
            && !kind.get().form().isText();
    if (!json) {
      refusals.refused("unsupported_file", "member " + name + " (.json, .jsonl or .ndjson)");
      return null;
    }
    if (!zip.canReadEntryData(entry)) {
      refusals.refused("invalid_zip", "member " + name + " (neither encrypted nor split)");
      return null;
    }
    FileWriter out = objects.file();
    try (InputStream in = zip.getInputStream(entry)) {
      copy(in, out);
    } catch (PlainStream.BombException e) {
      throw e;
    } catch (IOException e) {
      if (watched.failure() != null) {
        throw e;
      }
      refusals.refused("invalid_zip", "member " + name + " (whole, with the sum that it states)");
      return null;
    }
    return new Unpacked(out.finish(), kind.get().form(), name);
  }

  private void copy(InputStream in, FileWriter out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      unpacked += n;
      if (unpacked > limit) {
        throw new PlainStream.BombException(limit);
      }
      out.write(buffer, 0, n);
    }
  }

  private static boolean isUnsafe(String name) {
    return name.startsWith("/")
        || name.indexOf('\\') >= 0
        || name.chars().anyMatch(Character::isISOControl)
        || List.of(name.split("/", -1)).contains("..");
  }

  private static String printable(String name) {
    return name.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .limit(200)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
