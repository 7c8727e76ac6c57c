package dev.cairn.io.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.CanonicalJson;
import dev.cairn.io.fuzz.Hostile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class BlockFuzzTest {
  /** The least link takes eight bytes, and some hundreds in memory while it is read. */
  private static final Hostile DAG_PB = new Hostile(32 << 10, 100);

  /**
   * Jackson's buffers, of which that for bytes of any stated length has at most 250,000; then an
   * object for each level of nesting and each text.
   */
  private static final Hostile GENERIC = new Hostile(384 << 10, 300);

  @FuzzTest
  void dagPb(byte[] input) throws IOException {
    DagPb node = DAG_PB.parse(input, () -> DagPb.decode(input));
    if (node != null) {
      byte[] canonical = DagPb.encode(node.links(), node.data());
      DagPb again = DagPb.decode(canonical);
      assertThat(DagPb.encode(again.links(), again.data())).isEqualTo(canonical);
      assertThat(again.links()).hasSameSizeAs(node.links());
      assertThat(again.data()).isEqualTo(node.data());
    }
  }

  @FuzzTest
  void dagCbor(byte[] input) throws IOException {
    List<Cid> links = GENERIC.parse(input, () -> Links.of(Block.of(Codec.DAG_CBOR, input)));
    if (links != null) {
      assertThat(links.size()).isLessThanOrEqualTo(input.length / 6);
    }
  }

  @FuzzTest
  void dagJson(byte[] input) throws IOException {
    List<Cid> links = GENERIC.parse(input, () -> Links.of(Block.of(Codec.DAG_JSON, input)));
    try {
      List<Cid> expected = new ArrayList<>();
      collect(CanonicalJson.readDag(input), expected);
      assertThat(links).isEqualTo(expected);
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageStartingWith("Cannot ");
    }
  }

  private static void collect(Object value, List<Cid> links) {
    if (value instanceof Cid cid) {
      links.add(cid);
    } else if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, links));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(item -> collect(item, links));
    }
  }
}
