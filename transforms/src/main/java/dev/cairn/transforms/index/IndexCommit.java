package dev.cairn.transforms.index;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.Version;

/** The file that makes segments one index of Lucene's: it names them in their order. */
public final class IndexCommit {
  /** The file's name: with the segments' files beside it Lucene opens the folder. */
  public static final String FILE = "segments_1";

  /** Bytes of what Lucene knows of a segment beside what is in it, at most. */
  private static final int MAX_INFO_BYTES = 1 << 16;

  private IndexCommit() {}

  /** Opens files of segments by their names. */
  @FunctionalInterface
  public interface Files {
    InputStream open(String name) throws IOException;
  }

  /** The file for segments that {@link IndexShards} made. */
  public static byte[] of(List<String> segments, Files files) throws IOException {
    try (ByteBuffersDirectory memory = new ByteBuffersDirectory()) {
      SegmentInfos infos = new SegmentInfos(Version.LATEST.major);
      infos.counter = SameSegment.NAMES; // above all of their numbers
      for (String name : segments) {
        infos.add(
            new SegmentCommitInfo(
                info(name, files, memory), 0, 0, -1, -1, -1, SameSegment.idOf(name + " added")));
      }
      infos.commit(memory);
      String made = infos.getSegmentsFileName();
      byte[] id = SegmentInfos.readCommit(memory, made).getId();
      byte[] same = SameSegment.idOf(String.join(" ", segments));
      SameSegment.copy(memory, made, id, memory, "copy", same);
      try (IndexInput copy = memory.openInput("copy", IOContext.READONCE)) {
        byte[] bytes = new byte[Math.toIntExact(copy.length())];
        copy.readBytes(bytes, 0, bytes.length);
        return bytes;
      }
    }
  }

  private static SegmentInfo info(String name, Files files, ByteBuffersDirectory memory)
      throws IOException {
    String file = IndexFileNames.segmentFileName(name, "", "si");
    try (InputStream in = files.open(file);
        IndexOutput out = memory.createOutput(file, IOContext.DEFAULT)) {
      byte[] bytes = in.readNBytes(MAX_INFO_BYTES);
      out.writeBytes(bytes, bytes.length);
    }
    Codec codec = new IndexCodec();
    SegmentInfo info =
        codec.segmentInfoFormat().read(memory, name, SameSegment.idOf(name), IOContext.READONCE);
    info.setCodec(codec);
    return info;
  }
}
