package dev.cairn.io.car;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Archives in memory. */
final class Cars {
  private Cars() {}

  static byte[] v1(List<Cid> roots, List<Block> blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CarWriter car = new CarWriter(out, roots)) {
      for (Block block : blocks) {
        car.write(block);
      }
    }
    return out.toByteArray();
  }

  static byte[] v2(List<Cid> roots, List<Block> blocks, boolean indexIdentity) throws IOException {
    MemorySink sink = new MemorySink();
    CarV2Writer car = new CarV2Writer(sink, roots, indexIdentity);
    for (Block block : blocks) {
      car.put(block);
    }
    car.finish();
    return sink.bytes();
  }

  static List<Block> read(byte[] car) throws IOException {
    try (CarReader reader = CarReader.open(new ByteArrayInputStream(car), "test.car")) {
      List<Block> blocks = new ArrayList<>();
      for (Block block = reader.next(); block != null; block = reader.next()) {
        blocks.add(block);
      }
      return blocks;
    }
  }

  static Block text(String text) {
    return Block.raw(text.getBytes(StandardCharsets.UTF_8));
  }

  static Block of(HashFunction function, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Multihash hash = Multihash.of(function, function.digest(bytes, 0, bytes.length));
    return Block.verified(Cid.v1(Codec.RAW, hash), bytes, "test");
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A file in memory. */
  static final class MemorySink implements CarSink {
    private byte[] bytes = new byte[0];

    @Override
    public void write(long position, ByteBuffer from) {
      int end = (int) position + from.remaining();
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end));
      from.get(bytes, (int) position, from.remaining());
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
