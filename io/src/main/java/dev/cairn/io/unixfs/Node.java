package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A block read as a UnixFS node: a raw leaf, or a dag-pb node with its message. */
record Node(Cid cid, UnixFsData data, List<PbLink> links) {

  static Node read(BlockStore store, Cid cid) throws IOException {
    return of(store.get(cid));
  }

  /** Reads a node of a file, of which a span is being read. */
  static Node read(BlockStore store, Cid cid, @Nullable FileSpan span) throws IOException {
    return of(span == null ? store.get(cid) : store.get(cid, span));
  }

  static Node of(Block block) throws MalformedContentException {
    Cid cid = block.cid();
    if (cid.codec() == Codec.RAW) {
      return new Node(cid, UnixFsData.rawLeaf(block.bytes()), List.of());
    }
    if (cid.codec() != Codec.DAG_PB) {
      throw new MalformedContentException(
          String.format(
              Locale.ROOT,
              "Cannot read UnixFS node: %s (codec 0x%x; raw or dag-pb)",
              cid,
              cid.codec()));
    }
    try {
      DagPb node = DagPb.decode(block.bytes());
      byte[] data = node.data();
      if (data == null) {
        throw new MalformedContentException("a dag-pb node without data");
      }
      return new Node(cid, UnixFsData.decode(data), node.links());
    } catch (MalformedContentException e) {
      throw new MalformedContentException(
          "Cannot read UnixFS node: " + cid + " (" + e.getMessage() + ")", e);
    }
  }

  NodeKind kind() throws MalformedContentException {
    return switch (data.type()) {
      case UnixFsData.RAW, UnixFsData.FILE -> NodeKind.FILE;
      case UnixFsData.DIRECTORY, UnixFsData.HAMT -> NodeKind.DIRECTORY;
      case UnixFsData.SYMLINK -> NodeKind.SYMLINK;
      default -> throw malformed("type " + data.type() + " is neither file, folder nor link");
    };
  }

  /** Inline bytes of a file, or the target of a link. */
  byte[] content() {
    byte[] content = data.content();
    return content == null ? new byte[0] : content;
  }

  /** Where a link points. */
  String target() throws MalformedContentException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content())).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedContentException(
          "Cannot read link: " + cid + " (its target is not UTF-8)", e);
    }
  }

  MalformedContentException malformed(String rule) {
    return new MalformedContentException("Cannot read UnixFS node: " + cid + " (" + rule + ")");
  }
}
