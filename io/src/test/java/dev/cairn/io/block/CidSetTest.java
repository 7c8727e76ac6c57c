package dev.cairn.io.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CidSetTest {
  @Property(tries = 200)
  void behavesLikeASet(
      @ForAll @Size(max = 500) int[] values, @ForAll @IntRange(min = 1, max = 300) int different) {
    CidSet set = new CidSet();
    Set<Cid> expected = new HashSet<>();
    for (int value : values) {
      HashFunction function = (value & 0x100) == 0 ? HashFunction.SHA2_256 : HashFunction.SHA2_512;
      byte[] bytes = ByteBuffer.allocate(4).putInt(Math.floorMod(value, different)).array();
      long codec = (value & 0x10000) == 0 ? Codec.RAW : Codec.DAG_PB;
      Cid cid = Cid.v1(codec, Multihash.of(function, function.digest(bytes, 0, 4)));
      assertThat(set.contains(cid)).isEqualTo(expected.contains(cid));
      assertThat(set.add(cid)).isEqualTo(expected.add(cid));
    }
    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(expected).allMatch(set::contains);
  }

  @Test
  void growsAndHoldsTheDigestOfZeros() {
    CidSet set = new CidSet();
    Cid zeros = Cid.v1(Codec.RAW, Multihash.of(HashFunction.SHA2_256, new byte[32]));
    assertThat(set.contains(zeros)).isFalse();
    assertThat(set.add(zeros)).isTrue();
    assertThat(set.add(zeros)).isFalse();
    int many = 100_000;
    for (int i = 0; i < many; i++) {
      byte[] digest = ByteBuffer.allocate(32).putInt(28, i + 1).array();
      assertThat(set.add(Cid.v1(Codec.RAW, Multihash.of(HashFunction.SHA2_256, digest)))).isTrue();
    }
    assertThat(set.size()).isEqualTo(many + 1);
    assertThat(set.contains(zeros)).isTrue();
  }
}
