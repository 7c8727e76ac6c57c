package dev.cairn.transforms.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashingChannelTest {
  @TempDir Path folder;
  private Path file;
  private InputFile listed;

  @BeforeEach
  void list() throws IOException {
    // More than one block, so that the hash is that of a tree.
    byte[] bytes = new byte[3 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    file = folder.resolve("file");
    Files.write(file, bytes);
    listed = Planned.list(folder).get(0);
  }

  @Test
  void agreesHoweverTheFileWasRead() throws IOException {
    try (HashingChannel channel = open()) {
      read(channel, 0, 1000);
      read(channel, 10, 100);
      read(channel, 500, 2000);
      read(channel, 2500, 7);
      channel.finish();
      assertThat(channel.position()).isEqualTo(channel.size());
    }
    try (HashingChannel untouched = open()) {
      untouched.finish();
    }
  }

  @Test
  void passesOverWhatLiesBeyondTheHashedBytes() throws IOException {
    try (HashingChannel channel = open()) {
      read(channel, 2 << 20, 100);
      read(channel, 0, 100);
      channel.finish();
    }
  }

  @Test
  void noticesAByteThatChanged() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1]++;
    refusesOnceFileIs(bytes);
  }

  @Test
  void noticesAByteMoreOrLess() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    refusesOnceFileIs(java.util.Arrays.copyOf(bytes, bytes.length - 1));
    refusesOnceFileIs(java.util.Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void isNotWritable() throws IOException {
    try (HashingChannel channel = open()) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.write(ByteBuffer.allocate(1)));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.truncate(0));
    }
  }

  private void refusesOnceFileIs(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try (HashingChannel channel = open()) {
      read(channel, 0, 1000);
      assertThatExceptionOfType(InputChangedException.class)
          .isThrownBy(channel::finish)
          .withMessageContaining(listed.cid().toString());
    }
  }

  private HashingChannel open() throws IOException {
    return new HashingChannel(
        Files.newByteChannel(file),
        listed,
        new UnixFsWriter(BlockWriter.discarding(), SystemTemp.FOLDER));
  }

  private static void read(HashingChannel channel, long at, int count) throws IOException {
    channel.position(at);
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      assertThat(channel.read(buffer)).isPositive();
    }
  }
}
