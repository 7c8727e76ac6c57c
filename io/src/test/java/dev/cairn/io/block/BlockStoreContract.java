package dev.cairn.io.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store promises; each store's test extends this. */
public abstract class BlockStoreContract {

  /** A store that holds exactly these blocks; the same one each time within a test. */
  protected abstract BlockStore storeOf(List<Block> blocks) throws IOException;

  /** Flips a bit of where the store keeps a block, which is small and its text unlike others'. */
  protected abstract void damage(Block block) throws IOException;

  @Test
  void blocksAreServedAsTheyWerePut() throws IOException {
    List<Block> blocks = blocks();
    try (BlockStore store = storeOf(blocks)) {
      for (Block block : blocks) {
        assertThat(store.has(block.cid())).isTrue();
        assertThat(store.get(block.cid()).cid()).isEqualTo(block.cid());
        assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
      }
    }
  }

  @Test
  void aBlockIsFoundUnderEveryCodecAndVersion() throws IOException {
    Block block = text("a block");
    try (BlockStore store = storeOf(List.of(block))) {
      Multihash multihash = block.cid().multihash();
      for (Cid cid : List.of(Cid.v0(multihash), Cid.v1(Codec.DAG_CBOR, multihash))) {
        assertThat(store.has(cid)).isTrue();
        assertThat(store.get(cid).cid()).isEqualTo(cid);
        assertThat(store.get(cid).bytes()).isEqualTo(block.bytes());
      }
    }
  }

  @Test
  void whatIsNotThereIsMissing() throws IOException {
    Block absent = text("absent");
    try (BlockStore store = storeOf(blocks())) {
      assertThat(store.has(absent.cid())).isFalse();
      assertThatThrownBy(() -> store.get(absent.cid()))
          .isInstanceOf(MissingBlockException.class)
          .hasMessageContaining(absent.cid().toString());
    }
  }

  @Test
  void aDamagedBlockIsCorruptEachTimeUnderEachCodec() throws IOException {
    Block bad = text("to be damaged");
    Block good = text("to be left alone");
    try (BlockStore store = storeOf(List.of(bad, good))) {
      damage(bad);
      Multihash multihash = bad.cid().multihash();
      for (Cid cid : List.of(bad.cid(), bad.cid(), Cid.v1(Codec.DAG_CBOR, multihash))) {
        assertThatThrownBy(() -> store.get(cid))
            .isInstanceOf(CorruptBlockException.class)
            .hasMessageContaining(cid.toString());
      }
      assertThat(store.get(good.cid()).bytes()).isEqualTo(good.bytes());
    }
  }

  @Test
  void identityCidsAreAnsweredFromThemselves() throws IOException {
    byte[] content = "inline".getBytes(StandardCharsets.UTF_8);
    Cid cid = Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, content));
    try (BlockStore store = storeOf(List.of())) {
      assertThat(store.has(cid)).isTrue();
      assertThat(store.get(cid).bytes()).isEqualTo(content);
    }
  }

  @Test
  void threadsReadAtOnce() throws Exception {
    List<Block> blocks = blocks();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (BlockStore store = storeOf(blocks)) {
      List<Future<Boolean>> reads = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        reads.add(
            pool.submit(
                () -> {
                  for (Block block : blocks) {
                    assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
                  }
                  return true;
                }));
      }
      for (Future<Boolean> read : reads) {
        assertThat(read.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Block> blocks() throws IOException {
    byte[] large = new byte[Block.MAX_READ_BYTES];
    large[7] = 1;
    byte[] text = "another hash".getBytes(StandardCharsets.UTF_8);
    byte[] digest = HashFunction.BLAKE2B_256.digest(text, 0, text.length);
    Cid blake = Cid.v1(Codec.DAG_CBOR, Multihash.of(HashFunction.BLAKE2B_256, digest));
    return List.of(
        text(""),
        text("a"),
        Block.of(Codec.DAG_PB, "no node, but stored".getBytes(StandardCharsets.UTF_8)),
        Block.verified(blake, text, "test"),
        Block.raw(new byte[5000]),
        Block.raw(large));
  }

  private static Block text(String text) {
    return Block.raw(text.getBytes(StandardCharsets.UTF_8));
  }
}
