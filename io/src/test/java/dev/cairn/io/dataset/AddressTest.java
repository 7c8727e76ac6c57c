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
import java.util.Collections;
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

  private static Address address(String id, String path, int content, long offset) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) content);
    return new Address(id, "", "", path, FILE, false, offset, 10, FILE, bytes, 99);
  }

  @Property(tries = 300)
  void comesBackFromItsBytes(
      @ForAll @AlphaChars @StringLength(max = 200) String id,
      @ForAll @AlphaChars @StringLength(max = 200) String path,
      @ForAll @LongRange(max = Long.MAX_VALUE) long offset,
      @ForAll boolean unpacked,
      @ForAll long seed)
      throws IOException {
    byte[] content = new byte[32];
    new Random(seed).nextBytes(content);
    Address address =
        new Address(
            id + "é𝄞",
            "1opinion",
            "ref:" + path,
            path,
            FILE,
            unpacked,
            offset,
            offset,
            FILE,
            content,
            offset);
    assertThat(read(written(List.of(address)))).containsExactly(address);
  }

  @Test
  void sortsByKeyThenPathThenContent() {
    List<Address> sorted =
        List.of(
            address("cap:9", "b", 1, 0),
            address("cap:10", "a", 1, 0),
            address("cap:10", "a", 0x80, 0),
            address("cap:10", "a", 0x80, 1),
            address("cap:10", "b", 0, 0));
    List<Address> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(3));
    shuffled.sort(null);
    assertThat(shuffled).isEqualTo(sorted);
  }

  @Test
  void fitsOrSaysSo() throws IOException {
    String longest = "x";
    while (Address.fits(longest + "x", "", "", "p")) {
      longest += "x";
    }
    Address most = address(longest, "p", 1, Long.MAX_VALUE);
    assertThat(written(List.of(most)).length - 2).isLessThanOrEqualTo(Address.MAX_BYTES);
    assertThat(Address.fits("𝄞".repeat(250), "", "", "")).isFalse();
    assertThat(Address.fits("x".repeat(5000), "", "", "")).isFalse();
    assertThat(Address.fits("x".repeat(129), "p", "cl-court:ca9", "")).isFalse();
    Address tooLong = address("x".repeat(Address.MAX_BYTES), "", 1, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> written(List.of(tooLong)));
  }

  @Test
  void fitsUnderTheLongestIdThatMayReferToIt() throws IOException {
    String path = "";
    while (Address.fits("b", "p", "", path + "x")) {
      path += "x";
    }
    Address address =
        new Address("b", "p", "", path, FILE, false, 1, 1, FILE, new byte[32], 0)
            .under("x".repeat(128));
    assertThat(written(List.of(address)).length - 2).isLessThanOrEqualTo(Address.MAX_BYTES);
  }

  @Test
  void refusesAPlaceThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> address("a", "", 0, -1));
    Cid inline = Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, new byte[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Address("a", "", "", "", inline, false, 0, 0, FILE, new byte[32], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Address("a", "", "", "", FILE, false, 0, 0, FILE, new byte[31], 0));
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
  void noticesAnAddressThatWasCut() throws IOException {
    byte[] whole = written(List.of(address("cap:1", "a", 1, 1)));
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(MalformedContentException.class)
          .as("cut to %s of %s bytes", length, whole.length)
          .isThrownBy(() -> read(cut));
    }
  }

  private static byte[] written(List<Address> addresses) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AddressWriter writer = new AddressWriter(out);
    for (Address address : addresses) {
      writer.write(address);
    }
    assertThat(writer.bytes()).isEqualTo(out.size());
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
