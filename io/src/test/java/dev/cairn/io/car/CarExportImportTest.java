package dev.cairn.io.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CarExportImportTest {
  private final MemoryStore store = new MemoryStore();
  private final Block leaf = Cars.text("leaf");
  private final Block other = Cars.text("other");
  private Block inner;
  private Block root;
  private Cid inline;

  @BeforeEach
  void makeDag() throws IOException {
    inline = Cars.of(HashFunction.IDENTITY, "inline").cid();
    inner = node(leaf.cid(), inline, leaf.cid());
    root = node(inner.cid(), other.cid(), inner.cid(), leaf.cid());
    Stream.of(leaf, other, inner, root).forEach(store::put);
  }

  @Test
  void aDagIsExportedDepthFirstEachBlockOnce() throws IOException {
    assertThat(Cars.read(export(root.cid())))
        .extracting(Block::cid)
        .containsExactly(root.cid(), inner.cid(), leaf.cid(), inline, other.cid());
  }

  @Test
  void aVersion2ExportHoldsTheSamePayload() throws IOException {
    Cars.MemorySink sink = new Cars.MemorySink();
    CarSummary summary = CarExport.v2(store, root.cid(), sink);
    assertThat(summary.blocks()).isEqualTo(5);
    byte[] v1 = export(root.cid());
    byte[] v2 = sink.bytes();
    assertThat(Arrays.copyOfRange(v2, CarV2Header.BYTES, CarV2Header.BYTES + v1.length))
        .isEqualTo(v1);
  }

  @Test
  void anExportIsImported() throws IOException {
    MemoryStore into = new MemoryStore();
    CarSummary summary = importWhole(export(root.cid()), into);
    assertThat(summary.roots()).containsExactly(root.cid());
    assertThat(summary.blocks()).isEqualTo(5);
    assertThat(into.get(leaf.cid()).bytes()).isEqualTo(leaf.bytes());
  }

  @Test
  void aDagThatIsNotWholeIsRefusedUnlessTheStoreHasTheRest() throws IOException {
    byte[] car = Cars.v1(List.of(root.cid()), List.of(root, inner, leaf));
    assertThatThrownBy(() -> importWhole(car, new MemoryStore()))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(other.cid().toString())
        .hasMessageContaining("test.car");
    MemoryStore withOther = new MemoryStore();
    withOther.put(other);
    assertThat(importWhole(car, withOther).blocks()).isEqualTo(3);
  }

  @Test
  void aMissingBlockEndsAnExport() {
    store.remove(other.cid());
    assertThatThrownBy(() -> export(root.cid())).isInstanceOf(MissingBlockException.class);
  }

  @Test
  void aNodeUnderTheNameOfARawBlockIsImported() throws IOException {
    Block asRaw = inner.as(Cid.v1(Codec.RAW, inner.cid().multihash()));
    MemoryStore into = new MemoryStore();
    importWhole(Cars.v1(List.of(inner.cid()), List.of(asRaw, leaf)), into);
    assertThat(into.get(inner.cid()).cid()).isEqualTo(inner.cid());
  }

  private byte[] export(Cid from) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CarExport.v1(store, from, out);
    return out.toByteArray();
  }

  private static CarSummary importWhole(byte[] car, MemoryStore into) throws IOException {
    return CarImport.readWhole(new ByteArrayInputStream(car), "test.car", into, into);
  }

  private static Block node(Cid... links) {
    List<PbLink> all = Stream.of(links).map(cid -> new PbLink(cid, new byte[0], 1)).toList();
    return Block.of(Codec.DAG_PB, DagPb.encode(all, null));
  }
}
