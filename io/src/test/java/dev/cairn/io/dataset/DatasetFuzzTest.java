package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.fuzz.Hostile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class DatasetFuzzTest {
  /** Jackson's buffers, then an entry of a tree for each key; written again to compare. */
  private static final Hostile JSON = new Hostile(128 << 10, 400);

  /** As above, with CIDs in any base: base 58 is one large number, made anew with each digit. */
  private static final Hostile CIDS = new Hostile(128 << 10, 2 << 10);

  private static final Hostile ADDRESSES = new Hostile(32 << 10, 64);

  /** As for a CID, which may be read twice: as a target and to see that a ref's name is none. */
  private static final Hostile TEXT = new Hostile(64 << 10, 6 << 10);

  @FuzzTest
  void json(byte[] input) throws IOException {
    Object value = JSON.parse(input, () -> CanonicalJson.read(input));
    if (value != null) {
      assertThat(CanonicalJson.write(value)).isEqualTo(input);
    }
  }

  @FuzzTest
  void dagJson(byte[] input) throws IOException {
    Object value = JSON.parse(input, () -> CanonicalJson.readDag(input));
    if (value != null) {
      assertThat(CanonicalJson.writeDag(value)).isEqualTo(input);
    }
  }

  @FuzzTest
  void commit(byte[] input) throws IOException {
    Block block = Block.of(Codec.DAG_JSON, input);
    Commit commit = CIDS.parse(input, () -> Commit.from(block));
    if (commit != null) {
      assertThat(commit.toBlock().bytes()).isEqualTo(input);
    }
  }

  @FuzzTest
  void manifest(byte[] input) throws IOException {
    Manifest manifest = CIDS.parse(input, () -> Manifest.fromJson(input));
    if (manifest != null) {
      assertThat(manifest.toJson()).isEqualTo(input);
    }
  }

  @FuzzTest
  void addresses(byte[] input) throws IOException {
    List<Address> addresses = ADDRESSES.parse(input, () -> read(input));
    if (addresses != null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      AddressWriter writer = new AddressWriter(out);
      for (Address address : addresses) {
        writer.write(address);
      }
      assertThat(out.toByteArray()).isEqualTo(input);
    }
  }

  private static List<Address> read(byte[] input) throws IOException {
    try (AddressReader reader = new AddressReader(new ByteArrayInputStream(input))) {
      List<Address> addresses = new ArrayList<>();
      for (Address address = reader.next(); address != null; address = reader.next()) {
        addresses.add(address);
      }
      return addresses;
    }
  }

  @FuzzTest
  void target(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.UTF_8);
    Target target =
        TEXT.parse(
            input,
            () -> {
              try {
                return Target.parse(text);
              } catch (TargetNotFoundException e) {
                return null;
              }
            });
    if (target != null) {
      assertThat(target.root() == null).isNotEqualTo(target.ref() == null);
      assertThat(text).endsWith(target.path());
    }
  }
}
