package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of this package do again and again. */
final class Homes {
  private Homes() {}

  static Block text(String text) {
    return Block.raw(text.getBytes(StandardCharsets.UTF_8));
  }

  static void put(LocalStore store, Block... blocks) throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      for (Block block : blocks) {
        writer.put(block);
      }
      writer.seal();
    }
  }

  /** Adds a pack that holds these blocks, whether the home has them or not. */
  static void addPack(Path home, Path scratch, Block... blocks) throws IOException {
    try (LocalStore other = LocalStore.open(scratch)) {
      put(other, blocks);
    }
    for (Path pack : packs(scratch)) {
      Files.copy(pack, home.resolve("packs").resolve(pack.getFileName()));
    }
  }

  /** Flips one bit of a file in place. */
  static void flip(Path file, long bit) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, bit / Byte.SIZE);
      one.put(0, (byte) (one.get(0) ^ 1 << bit % Byte.SIZE));
      channel.write(one.flip(), bit / Byte.SIZE);
    }
  }

  /** Flips a bit of the first place where a text stands; false if it stands nowhere. */
  static boolean flipText(Path file, String text) throws IOException {
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf(text);
    if (at >= 0) {
      flip(file, (long) at * Byte.SIZE);
    }
    return at >= 0;
  }

  static List<Path> packs(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("packs"))) {
      return files.sorted().toList();
    }
  }

  static List<Path> files(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(Files::isRegularFile).map(home::relativize).sorted().toList();
    }
  }

  static VerifyReport verify(Path home) throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      return store.verify().all();
    }
  }
}
