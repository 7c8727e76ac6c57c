package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimDiskTest extends DiskContract {
  private static final Path FOLDER = Path.of("/sim/folder").toAbsolutePath();
  private static final Path FILE = FOLDER.resolve("file");
  private static final long TICK = 1_000_000_000;

  private long now = 5 * TICK;

  @Override
  Disk disk() {
    return diskOf(1);
  }

  @Override
  Path folder() {
    return FOLDER;
  }

  @Test
  void whatWasForcedSurvives() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      SimDisk disk = diskOf(seed);
      write(disk, FILE, "a".repeat(2000), true);
      disk.forceFolder(FOLDER);
      disk.losePower();
      assertThat(content(disk, FILE)).isEqualTo("a".repeat(2000));
    }
  }

  @Test
  void whatWasNotForcedIsKeptOrForgottenByCoins() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> contents = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      SimDisk disk = diskOf(seed);
      write(disk, FILE, "old", true);
      disk.forceFolder(FOLDER);
      write(disk, FOLDER.resolve("new"), "new", true);
      disk.rename(FOLDER.resolve("new"), FILE);
      disk.losePower();
      names.add(new TreeSet<>(disk.list(FOLDER)).toString());
      contents.add(content(disk, FILE));
    }
    assertThat(names).containsExactly("[file, new]", "[file]");
    assertThat(contents).containsExactly("new", "old");
  }

  @Test
  void aWriteIsTornBetweenSectors() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      SimDisk disk = diskOf(seed);
      write(disk, FILE, "a".repeat(1024), true);
      disk.forceFolder(FOLDER);
      DiskFile file = disk.open(FILE);
      file.write(0, bytes("b".repeat(1024)));
      disk.losePower();
      String content = content(disk, FILE);
      assertThat(content.substring(0, 512)).isIn("a".repeat(512), "b".repeat(512));
      assertThat(content.substring(512)).isIn("a".repeat(512), "b".repeat(512));
      found.add(content.charAt(0) + "" + content.charAt(1023));
    }
    assertThat(found).containsExactly("aa", "ab", "ba", "bb");
  }

  @Test
  void whatAFailedForceLeftIsShownButMayBeGoneForEver() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (int seed = 0; seed < 100; seed++) {
      SimDisk disk = diskOf(seed);
      write(disk, FILE, "old", true);
      disk.forceFolder(FOLDER);
      SimDisk.SimFile file = disk.open(FILE);
      file.write(0, bytes("new"));
      file.failForce();
      file.force();
      assertThat(content(disk, FILE)).isEqualTo("new");
      disk.losePower();
      found.add(content(disk, FILE));
    }
    assertThat(found).containsExactly("new", "old");
  }

  @Test
  void aFullDiskWritesWhatFits() throws IOException {
    SimDisk disk = diskOf(1);
    try (DiskFile file = disk.create(FILE)) {
      disk.leaveRoomFor(3);
      assertThatThrownBy(() -> file.write(0, bytes("12345"))).isInstanceOf(StorageException.class);
      assertThat(content(disk, FILE)).isEqualTo("123");
      file.write(0, bytes("abc"));
      Path other = FOLDER.resolve("other");
      assertThatThrownBy(() -> disk.create(other)).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> disk.link(FILE, other)).isInstanceOf(StorageException.class);
      disk.delete(FILE);
      assertThatThrownBy(() -> disk.create(other)).isInstanceOf(StorageException.class);
    }
    write(disk, FILE, "123", false);
    disk.makeRoom();
    write(disk, FOLDER.resolve("other"), "12345", false);
  }

  @Test
  void stampsAreRounded() throws IOException {
    SimDisk disk = diskOf(1);
    now = 7 * TICK + 5;
    write(disk, FILE, "a", false);
    assertThat(disk.changed(FILE)).isEqualTo(7 * TICK);
    now = 9 * TICK + 5;
    disk.link(FILE, FOLDER.resolve("link"));
    assertThat(disk.changed(FILE)).isEqualTo(7 * TICK);
    assertThat(disk.changed(FOLDER)).isEqualTo(9 * TICK);
  }

  @Test
  void aFlippedBitStays() throws IOException {
    SimDisk disk = diskOf(1);
    write(disk, FILE, "a", true);
    disk.forceFolder(FOLDER);
    disk.flip(FILE, 1);
    assertThat(content(disk, FILE)).isEqualTo("c");
    disk.losePower();
    assertThat(content(disk, FILE)).isEqualTo("c");
  }

  private SimDisk diskOf(int seed) {
    SimDisk disk = new SimDisk(new SplittableRandom(seed), () -> now, TICK);
    try {
      disk.makeFolder(Home.parentOf(FOLDER));
      disk.forceFolder(Path.of("/").toAbsolutePath());
      disk.makeFolder(FOLDER);
      disk.forceFolder(Home.parentOf(FOLDER));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return disk;
  }

  private static void write(Disk disk, Path path, String content, boolean forced)
      throws IOException {
    try (DiskFile file = disk.create(path)) {
      file.write(0, bytes(content));
      if (forced) {
        file.force();
      }
    }
  }

  private static String content(Disk disk, Path path) throws IOException {
    try (DiskFile file = disk.open(path)) {
      ByteBuffer into = ByteBuffer.allocate((int) file.size());
      file.read(0, into);
      return StandardCharsets.UTF_8.decode(into.flip()).toString();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
