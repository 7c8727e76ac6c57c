package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressTest {
  private static final Cid FILE = Cid.hashOf(Codec.RAW, new byte[] {7});

  private static Address address(String id, String path, int digest, long offset) {
    byte[] bytes = new byte[Address.DIGEST_BYTES];
    Arrays.fill(bytes, (byte) digest);
    return new Address(id, FILE, path, offset, 10, bytes, 99);
  }

  @Property(tries = 300)
  void comesBackFromItsBytes(
      @ForAll @AlphaChars @StringLength(max = 200) String id,
      @ForAll @AlphaChars @StringLength(max = 200) String path,
      @ForAll @LongRange(max = Long.MAX_VALUE) long offset,
      @ForAll @LongRange(max = Long.MAX_VALUE) long length,
      @ForAll long seed)
      throws MalformedContentException {
    byte[] digest = new byte[Address.DIGEST_BYTES];
    new Random(seed).nextBytes(digest);
    Address address = new Address(id + "é𝄞", FILE, path, offset, length, digest, length);
    Address back = Address.fromBytes(address.toBytes());
    assertThat(back).isEqualTo(address).hasSameHashCodeAs(address);
    assertThat(back.toBytes()).isEqualTo(address.toBytes());
    assertThat(List.of(back.offset(), back.length(), back.textBytes()))
        .containsExactly(offset, length, length);
    assertThat(back.digest()).isEqualTo(digest);
    assertThat(back.file()).isEqualTo(FILE);
  }

  @Test
  void sortsByKeyThenPathThenDigest() {
    List<Address> sorted =
        List.of(
            address("cap:9", "b", 1, 0),
            address("cap:10", "a", (byte) 1, 0),
            address("cap:10", "a", (byte) 0x80, 0),
            address("cap:10", "a", (byte) 0x80, 1),
            address("cap:10", "b", 0, 0));
    List<Address> shuffled = new ArrayList<>(sorted);
    java.util.Collections.shuffle(shuffled, new Random(3));
    shuffled.sort(null);
    assertThat(shuffled).isEqualTo(sorted);
    assertThat(sorted.get(2).sameContent(sorted.get(3))).isTrue();
    assertThat(sorted.get(1).sameContent(sorted.get(2))).isFalse();
  }

  @Test
  void refusesWhatDoesNotFit() {
    String longest = "x".repeat(Address.MAX_BYTES - address("", "", 0, 0).toBytes().length - 1);
    assertThat(address(longest, "", 0, 0).toBytes()).hasSize(Address.MAX_BYTES);
    assertThatExceptionOfType(InvalidAddressException.class)
        .isThrownBy(() -> address(longest, "p", 0, 0))
        .withMessage("Cannot make address: 1025 bytes (at most 1024)");
    assertThatExceptionOfType(InvalidAddressException.class)
        .isThrownBy(() -> address("a\ud800", "", 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> address("a", "", 0, -1));
    Cid inline = Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, new byte[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Address("a", inline, "", 0, 0, new byte[32], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Address("a", FILE, "", 0, 0, new byte[31], 0));
  }

  @Test
  void travelsInAStream() throws IOException {
    List<Address> addresses = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      addresses.add(address("cap:" + i, "p" + "x".repeat(i % 300), i, i));
    }
    assertThat(read(written(addresses))).isEqualTo(addresses);
    assertThat(read(written(List.of()))).isEmpty();
  }

  @Test
  void noticesAStreamThatWasCutOrChanged() throws IOException {
    byte[] whole = written(List.of(address("cap:1", "a", 1, 1), address("cap:2", "b", 2, 2)));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(MalformedContentException.class)
          .as("cut to %s of %s bytes", length, whole.length)
          .isThrownBy(() -> read(cut));
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatExceptionOfType(MalformedContentException.class).isThrownBy(() -> read(longer));
  }

  @Test
  void refusesBytesThatAreNoAddress() {
    byte[] good = address("cap:1", "a", 1, 1).toBytes();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatExceptionOfType(MalformedContentException.class)
          .isThrownBy(() -> Address.fromBytes(cut));
    }
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      byte[] noise = new byte[random.nextInt(120)];
      random.nextBytes(noise);
      assertThatExceptionOfType(MalformedContentException.class)
          .isThrownBy(() -> Address.fromBytes(noise));
    }
  }

  private static byte[] written(List<Address> addresses) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AddressWriter writer = new AddressWriter(out)) {
      for (Address address : addresses) {
        writer.write(address);
      }
      assertThat(writer.count()).isEqualTo(addresses.size());
    }
    return out.toByteArray();
  }

  private static List<Address> read(byte[] bytes) throws IOException {
    List<Address> addresses = new ArrayList<>();
    try (AddressReader reader = new AddressReader(new ByteArrayInputStream(bytes))) {
      for (@Nullable Address a = reader.next(); a != null; a = reader.next()) {
        addresses.add(a);
      }
      assertThat(reader.next()).isNull();
    }
    return addresses;
  }
}
