package dev.cairn.io.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DagWalkTest {
  private final MemoryStore store = new MemoryStore();
  private final Cid a = put(Block.raw(new byte[] {1}));
  private final Cid b = put(Block.raw(new byte[] {2}));

  private Cid put(Block block) {
    store.put(block);
    return block.cid();
  }

  private Cid node(Cid... children) {
    List<PbLink> links = new ArrayList<>();
    for (Cid child : children) {
      links.add(new PbLink(child, new byte[0], 0));
    }
    return put(Block.of(Codec.DAG_PB, DagPb.encode(links, new byte[] {8, 1})));
  }

  private static final class Visits implements DagWalk.Visitor {
    final List<Cid> blocks = new ArrayList<>();
    final List<Cid> leaves = new ArrayList<>();
    final List<Cid> faults = new ArrayList<>();

    @Override
    public void block(Block block) {
      blocks.add(block.cid());
    }

    @Override
    public void leaf(Cid cid) {
      leaves.add(cid);
    }

    @Override
    public void missing(MissingBlockException e) {
      faults.add(e.cid());
    }

    @Override
    public void corrupt(CorruptBlockException e) {
      faults.add(e.cid());
    }
  }

  private Visits walk(DagWalk walk, Cid... roots) throws IOException {
    Visits visits = new Visits();
    for (Cid root : roots) {
      walk.from(root, visits);
    }
    return visits;
  }

  @Test
  void visitsDepthFirstInLinkOrderEachOnce() throws Exception {
    Cid left = node(b, a, b);
    Cid right = node(left, a);
    Cid root = node(left, right, b, left);

    assertThat(walk(DagWalk.reading(store), root).blocks).containsExactly(root, left, b, a, right);
  }

  @Test
  void aSecondRootVisitsOnlyWhatIsNew() throws Exception {
    Cid first = node(a);
    Cid second = node(a, b);
    DagWalk walk = DagWalk.reading(store);

    assertThat(walk(walk, first, second, first).blocks).containsExactly(first, a, second, b);
    assertThat(walk.visited().size()).isEqualTo(4);
  }

  @Test
  void aBlockThatIsARawFileTooKeepsItsChildren() throws Exception {
    Cid node = node(a);
    Cid asFile = Cid.v1(Codec.RAW, node.multihash());
    Cid root = node(asFile, node);

    assertThat(walk(DagWalk.reading(store), root).blocks).containsExactly(root, asFile, node, a);
  }

  @Test
  void versionsOfACidAreOneNode() throws Exception {
    Cid node = node(a);

    assertThat(walk(DagWalk.reading(store), Cid.v0(node.multihash()), node).blocks).hasSize(2);
  }

  @Test
  void leavesNeedNotBeRead() throws Exception {
    Cid root = node(a, b);

    Visits visits = walk(DagWalk.skippingLeaves(store), root);

    assertThat(visits.blocks).containsExactly(root);
    assertThat(visits.leaves).containsExactly(a, b);
    assertThat(store.takeReads()).containsExactly(root);
  }

  @Test
  void whatIsMissingOrCorruptIsToldAndTheWalkGoesOn() throws Exception {
    Cid gone = node(a);
    Cid bad = node(gone, b);
    Cid root = node(gone, bad, b);
    store.remove(gone);
    store.corrupt(bad, new byte[] {7});

    Visits visits = walk(DagWalk.skippingLeaves(store), root);

    assertThat(visits.faults).containsExactly(gone, bad);
    assertThat(visits.leaves).containsExactly(b);
  }

  @Test
  void whatIsMissingOrCorruptIsThrownUnlessItIsTakenCareOf() {
    Cid root = node(a, b);
    store.remove(b);
    assertThatThrownBy(() -> DagWalk.skippingLeaves(store).from(root, block -> {}))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(b.toString());
    store.corrupt(b, new byte[] {3});
    assertThatThrownBy(() -> DagWalk.reading(store).from(root, block -> {}))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContaining(b.toString());
  }

  @Test
  void aMissingBlockOfTheVisitorIsNotTakenForTheWalks() {
    MissingBlockException own = new MissingBlockException(b, "the visitor's own store");
    DagWalk.Visitor visitor =
        new DagWalk.Visitor() {
          @Override
          public void block(Block block) throws IOException {
            throw own;
          }

          @Override
          public void missing(MissingBlockException e) {
            throw new AssertionError("not missing from the DAG", e);
          }
        };

    assertThatThrownBy(() -> DagWalk.reading(store).from(a, visitor)).isSameAs(own);
  }

  @Test
  void identityBlocksAreVisited() throws Exception {
    Cid inline = Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, new byte[] {5}));

    assertThat(walk(DagWalk.reading(store), node(inline)).blocks).contains(inline);
  }

  @Test
  void aBlockThatIsNotWhatItsCodecSaysEndsTheWalk() {
    Cid notANode = Cid.v1(Codec.DAG_PB, a.multihash());

    assertThatThrownBy(() -> DagWalk.reading(store).from(node(notANode), block -> {}))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining(notANode.toString());
  }

  @Test
  void aChainLongerThanAnyStackIsWalked() throws Exception {
    Cid head = a;
    int length = 100_000;
    for (int i = 0; i < length; i++) {
      head = node(head);
    }

    assertThat(walk(DagWalk.reading(store), head).blocks).hasSize(length + 1);
  }

  @Test
  void tooManyWaitingLinksAreRefused() {
    Cid[] many = new Cid[DagPb.MAX_LINKS];
    Cid head = a;
    for (int level = 0; level <= DagWalk.MAX_PENDING / DagPb.MAX_LINKS; level++) {
      Arrays.fill(
          many, Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, new byte[] {(byte) level})));
      many[0] = head;
      head = node(many);
    }
    Cid root = head;

    assertThatThrownBy(() -> DagWalk.reading(store).from(root, block -> {}))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining(String.valueOf(DagWalk.MAX_PENDING));
  }
}
