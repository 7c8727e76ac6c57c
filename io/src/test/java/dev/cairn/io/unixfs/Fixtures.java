package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.car.CarImport;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** DAGs that Cairn reads but does not write: Kubo's archives, and nodes put together by hand. */
final class Fixtures {
  private Fixtures() {}

  /** Loads an archive of {@code resources/unixfs} and returns its root. */
  static Cid car(String name, MemoryStore into) throws IOException {
    String resource = "/unixfs/" + name + ".car";
    try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(resource))) {
      return CarImport.read(in, name, into).roots().get(0);
    }
  }

  static PbLink link(String name, Cid cid, long tsize) {
    return new PbLink(cid, name.getBytes(StandardCharsets.UTF_8), tsize);
  }

  static Cid raw(BlockWriter out, byte[] bytes) throws IOException {
    Block block = Block.raw(bytes);
    out.put(block);
    return block.cid();
  }

  static Cid node(BlockWriter out, UnixFsData data, PbLink... links) throws IOException {
    return node(out, data.encode(), links);
  }

  static Cid node(BlockWriter out, byte @Nullable [] data, PbLink... links) throws IOException {
    Block block = Block.of(Codec.DAG_PB, DagPb.encode(List.of(links), data));
    out.put(block);
    return block.cid();
  }

  /** A file node with inline bytes, sizes and what else is wanted. */
  static UnixFsData file(byte @Nullable [] inline, long size, long... blockSizes) {
    return new UnixFsData(UnixFsData.FILE, inline, size, blockSizes, -1, -1);
  }
}
