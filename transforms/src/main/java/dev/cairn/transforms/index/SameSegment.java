package dev.cairn.transforms.index;

import dev.cairn.io.dataset.ActionKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.StringHelper;

/**
 * A segment whose bytes depend on what is in it alone. Lucene gives every segment 16 random bytes,
 * which stand in the header of each of its files, and notes the time, the machine and the JVM. Here
 * all files are written anew with an id made of the segment's name, with a checksum that fits, and
 * without notes, and put into one compound file. The name is made of what is indexed, so that
 * segments of different origin can lie in one folder under the names they were made with.
 */
final class SameSegment {
  /** A name is {@code _} and that many digits; see {@link #NAMES}. */
  private static final int NAME_DIGITS = 12;

  /** How many names there are; Lucene reads them as numbers of base 36, which fit a long. */
  static final long NAMES = (long) Math.pow(Character.MAX_RADIX, NAME_DIGITS);

  private static final int PIECE = 1 << 16;

  private SameSegment() {}

  /** The name of the segment of some content. */
  static String nameOf(String content) {
    String hash = ActionKey.of("segment name").part(content).hex();
    long number = Long.remainderUnsigned(Long.parseUnsignedLong(hash, 0, 16, 16), NAMES);
    String digits = Long.toString(number, Character.MAX_RADIX);
    return "_" + "0".repeat(NAME_DIGITS - digits.length()) + digits;
  }

  /** The id of the segment of a name. */
  static byte[] idOf(String name) {
    String hash = ActionKey.of("segment id").part(name).hex();
    return HexFormat.of().parseHex(hash, 0, 2 * StringHelper.ID_LENGTH);
  }

  /**
   * Writes a segment under a name.
   *
   * @param made as Lucene wrote it: no compound file, nothing deleted
   * @param from where it is
   * @param to gets the files
   * @return the names of the files
   */
  static List<String> write(SegmentInfo made, Directory from, String name, Directory to)
      throws IOException {
    Codec codec = made.getCodec();
    SegmentInfo same =
        new SegmentInfo(
            to,
            made.getVersion(),
            made.getMinVersion(),
            name,
            made.maxDoc(),
            true,
            made.getHasBlocks(),
            codec,
            Map.of(),
            idOf(name),
            made.getAttributes(),
            null);
    Set<String> parts = new HashSet<>();
    for (String file : made.files()) {
      if (!file.endsWith(".si")) {
        String part = name + IndexFileNames.stripSegmentName(file);
        copy(from, file, made.getId(), to, part, same.getId());
        parts.add(part);
      }
    }
    same.setFiles(parts);
    codec.compoundFormat().write(to, same, IOContext.DEFAULT);
    for (String part : parts) {
      to.deleteFile(part);
    }
    same.setFiles(
        Set.of(
            IndexFileNames.segmentFileName(name, "", "cfs"),
            IndexFileNames.segmentFileName(name, "", "cfe")));
    codec.segmentInfoFormat().write(to, same, IOContext.DEFAULT);
    return same.files().stream().sorted().toList();
  }

  /**
   * Copies a file of Lucene's with another id. The old one stands in each header, of which a file
   * may have several; that these 16 random bytes stand anywhere else by chance can be left out of
   * account.
   *
   * @throws CorruptIndexException if the file is not as Lucene wrote it
   */
  static void copy(Directory from, String file, byte[] id, Directory to, String copy, byte[] other)
      throws IOException {
    try (IndexInput in = from.openInput(file, IOContext.READONCE);
        IndexOutput out = to.createOutput(copy, IOContext.DEFAULT)) {
      CodecUtil.checksumEntireFile(in.clone());
      long left = in.length() - CodecUtil.footerLength();
      byte[] bytes = new byte[PIECE];
      int carried = 0;
      boolean found = false;
      while (left > 0) {
        int read = (int) Math.min(left, PIECE - carried);
        in.readBytes(bytes, carried, read);
        left -= read;
        int end = carried + read;
        found |= replace(bytes, end, id, other);
        carried = left == 0 ? 0 : id.length - 1; // an id may go on behind this piece
        out.writeBytes(bytes, end - carried);
        System.arraycopy(bytes, end - carried, bytes, 0, carried);
      }
      if (!found) {
        throw new CorruptIndexException("no header with the segment's id", in);
      }
      CodecUtil.writeFooter(out);
    }
  }

  private static boolean replace(byte[] bytes, int end, byte[] id, byte[] other) {
    boolean found = false;
    for (int i = 0; i <= end - id.length; i++) {
      if (bytes[i] == id[0] && Arrays.equals(bytes, i, i + id.length, id, 0, id.length)) {
        System.arraycopy(other, 0, bytes, i, other.length);
        found = true;
      }
    }
    return found;
  }
}
