package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every disk promises while the power is on; each disk's test extends this. */
abstract class DiskContract {
  private Disk disk;
  private Path folder;
  private Path file;

  abstract Disk disk();

  /** An empty folder. */
  abstract Path folder();

  @BeforeEach
  void open() {
    disk = disk();
    folder = folder();
    file = folder.resolve("file");
  }

  @Test
  void bytesAreReadWhereTheyWereWritten() throws IOException {
    try (DiskFile made = disk.create(file)) {
      made.write(5, bytes("later"));
      made.write(0, bytes("first"));
      made.force();
      assertThat(made.size()).isEqualTo(10);
      assertThat(read(made, 3, 4)).isEqualTo("stla");
    }
    try (DiskFile opened = disk.open(file)) {
      assertThat(read(opened, 0, 10)).isEqualTo("firstlater");
      assertThat(read(opened, 8, 10)).as("as far as the file goes").isEqualTo("er");
      assertThat(read(opened, 10, 1)).isEmpty();
      assertThat(read(opened, 99, 1)).isEmpty();
    }
  }

  @Test
  void aFileIsCreatedOnceAndOpenedIfItIsThere() throws IOException {
    assertThatThrownBy(() -> disk.open(file)).isInstanceOf(NoSuchFileException.class);
    assertThat(disk.exists(file)).isFalse();
    write(file, "a");
    assertThat(disk.exists(file)).isTrue();
    assertThatThrownBy(() -> disk.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> disk.create(folder.resolve("none/file")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aRenameReplaces() throws IOException {
    Path other = folder.resolve("other");
    write(file, "new");
    write(other, "old");
    disk.rename(file, other);
    assertThat(content(other)).isEqualTo("new");
    assertThat(disk.exists(file)).isFalse();
    assertThatThrownBy(() -> disk.rename(file, other)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileThatIsReadStaysWhenItsNameIsGone() throws IOException {
    write(file, "old");
    try (DiskFile opened = disk.open(file)) {
      disk.delete(file);
      assertThat(read(opened, 0, 3)).isEqualTo("old");
    }
  }

  @Test
  void aLinkIsASecondNameAndReplacesNothing() throws IOException {
    Path link = folder.resolve("link");
    write(file, "content");
    disk.link(file, link);
    disk.delete(file);
    assertThat(content(link)).isEqualTo("content");
    write(file, "other");
    assertThatThrownBy(() -> disk.link(file, link)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(content(link)).isEqualTo("content");
    disk.delete(link);
    disk.delete(link);
    assertThat(disk.list(folder)).containsExactly("file");
  }

  @Test
  void foldersAreMadeListedAndDeleted() throws IOException {
    Path made = folder.resolve("made");
    assertThat(disk.list(made)).isEmpty();
    assertThat(disk.changed(made)).isZero();
    disk.makeFolder(made);
    disk.makeFolder(made);
    write(made.resolve("a"), "a");
    write(made.resolve("b"), "b");
    disk.forceFolder(made);
    assertThat(disk.list(made)).containsExactlyInAnyOrder("a", "b");
    assertThat(disk.changed(made)).isNotZero();
    assertThatThrownBy(() -> disk.delete(made)).isInstanceOf(StorageException.class);
    disk.delete(made.resolve("a"));
    disk.delete(made.resolve("b"));
    disk.delete(made);
    assertThat(disk.exists(made)).isFalse();
    assertThat(disk.freeBytes(folder)).isPositive();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    write(file, "a");
    assertThatThrownBy(() -> disk.makeFolder(file)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> disk.list(file)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> disk.open(file.resolve("below"))).isInstanceOf(StorageException.class);
  }

  private void write(Path path, String content) throws IOException {
    try (DiskFile made = disk.create(path)) {
      made.write(0, bytes(content));
    }
  }

  private String content(Path path) throws IOException {
    try (DiskFile opened = disk.open(path)) {
      return read(opened, 0, 100);
    }
  }

  private static String read(DiskFile from, long position, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    assertThat(from.read(position, into)).isEqualTo(into.position());
    return StandardCharsets.UTF_8.decode(into.flip()).toString();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
