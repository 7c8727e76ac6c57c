package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.io.block.Block;
import dev.cairn.io.block.HashThreads;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import dev.cairn.io.fuzz.Hostile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Files of the store that somebody made on purpose: their checksums are right, all else may not.
 */
class StoreFuzzTest {
  /**
   * An index in memory has a page of 1,024 entries for each kind of hash; what is read by position
   * takes 4 KiB a look-up, of which there may be one for each section.
   */
  private static final Hostile PACK = new Hostile(4 << 20, 8 << 10);

  /** Pages are read one by one, some for each of four look-ups. */
  private static final Hostile RUN = new Hostile(1 << 20, 256);

  /** Such a file takes some copies; Jackson's buffers and a tree of 1,000 levels for a pin. */
  private static final Hostile SMALL = new Hostile(256 << 10, 64);

  private static final Path ROOT = Path.of("home");
  private static final String ID = "0123456789abcdef";
  private static final Cid CID = Cid.hashOf(Codec.RAW, new byte[0]);

  /**
   * A pack. The first byte says whether the rest is one as it is, or sections (whose length the
   * next two bytes give) and an index, which get the header and the name that they should have.
   */
  @FuzzTest
  void pack(byte[] input) throws IOException {
    if (input.length < 3) {
      return;
    }
    byte[] bytes = input[0] % 2 == 0 ? Arrays.copyOfRange(input, 1, input.length) : packOf(input);
    DiskFile file = HeldDisk.file(bytes);
    String name = nameOf(bytes);
    VerifyReport report = PACK.parse(input, () -> check(file, name));
    PACK.parse(input, () -> readPack(file, name));
    if (report != null && report.isClean()) {
      assertThat(readPack(file, name)).isEqualTo(report.blocks());
    }
  }

  private static VerifyReport check(DiskFile file, String name) throws IOException {
    Findings findings = new Findings(read -> {});
    new PackCheck(file, name, "pack", findings, new HashThreads(1)).run();
    return findings.report();
  }

  private static byte[] packOf(byte[] input) {
    int sections = Math.min(input.length - 3, (input[1] & 0xff) << Byte.SIZE | (input[2] & 0xff));
    byte[] start = PackFormat.start(PackFormat.firstSection() + sections);
    byte[] pack = Arrays.copyOf(start, start.length + input.length - 3);
    System.arraycopy(input, 3, pack, start.length, input.length - 3);
    return pack;
  }

  /** The name that a pack's own index gives it. */
  private static String nameOf(byte[] pack) {
    long dataBytes =
        pack.length < CarV2Header.BYTES
            ? 0
            : ByteBuffer.wrap(pack).order(ByteOrder.LITTLE_ENDIAN).getLong(35);
    long start = Math.max(0, Math.min(pack.length, CarV2Header.BYTES + dataBytes));
    return PackFormat.name(DigestUtils.sha256(Arrays.copyOfRange(pack, (int) start, pack.length)));
  }

  /** Reads all blocks by scanning and looking up, and all entries as a run would. */
  private static long readPack(DiskFile file, String name) throws IOException {
    long served = 0;
    try (Pack pack = new Pack(file, name, "pack")) {
      for (Cid cid : cids(file)) {
        if (pack.contains(cid.multihash())) {
          Block block = pack.get(cid);
          assertThat(block).isNotNull();
          served++;
        }
      }
    }
    PackIndex index = PackIndex.load(file, name);
    List<RunCursor> cursors = PackCursor.over(file, index, PackCursor.offsets(file, index), 0);
    for (RunCursor cursor : cursors) {
      while (cursor.next()) {
        assertThat(cursor.length).isNotNegative();
      }
    }
    return served;
  }

  private static List<Cid> cids(DiskFile file) throws IOException {
    List<Cid> cids = new ArrayList<>();
    PackScanner scanner = new PackScanner(file);
    try {
      CarSection section = scanner.next();
      while (section != null && !PackFormat.isSeal(section)) {
        cids.add(section.cid());
        section = scanner.next();
      }
    } catch (MalformedContentException e) {
      assertThat(scanner.sectionStart()).isLessThanOrEqualTo(file.size());
    }
    return cids;
  }

  /**
   * An index run. The first byte says whether the rest is one as it is, or the number of packs (a
   * byte) and of entries (eight), names and entries, which get their checksums.
   */
  @FuzzTest
  void run(byte[] input) throws IOException {
    if (input.length < 10) {
      return;
    }
    byte[] bytes = input[0] % 2 == 0 ? Arrays.copyOfRange(input, 1, input.length) : runOf(input);
    RUN.parse(input, () -> readRun(bytes));
  }

  private static byte[] runOf(byte[] input) {
    ByteBuffer in = ByteBuffer.wrap(input, 1, input.length - 1).order(ByteOrder.LITTLE_ENDIAN);
    int packs = in.get() & 7;
    long entries = in.getLong();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < packs; i++) {
      byte[] name = new byte[RunFormat.KEY_BYTES];
      in.get(name, 0, Math.min(name.length, in.remaining()));
      names.add(HexFormat.of().formatHex(name));
    }
    byte[] header = RunFormat.header(PackNames.of(names), entries);
    int pageEntries = RunFormat.PAGE_ENTRIES * RunFormat.ENTRY_BYTES;
    int pages = (in.remaining() + pageEntries - 1) / pageEntries;
    byte[] run = Arrays.copyOf(header, header.length + pages * RunFormat.PAGE_BYTES);
    for (int i = 0; i < pages; i++) {
      byte[] page = new byte[RunFormat.PAGE_BYTES];
      in.get(page, 0, Math.min(pageEntries, in.remaining()));
      RunFormat.sealPage(page, i);
      System.arraycopy(page, 0, run, header.length + i * page.length, page.length);
    }
    return run;
  }

  private static long readRun(byte[] bytes) throws IOException {
    long found = 0;
    try (IndexRun run = IndexRun.open(HeldDisk.file(bytes), "run")) {
      assertThat(run.entries()).isBetween(0L, (long) bytes.length / RunFormat.ENTRY_BYTES);
      for (int i = 1; i <= 4; i++) {
        int end = bytes.length - bytes.length / 8 * i;
        byte[] digest = Arrays.copyOfRange(bytes, Math.max(0, end - 32), Math.max(32, end));
        found += run.find(Multihash.of(HashFunction.SHA2_256, digest)).size();
      }
      OldRunCursor cursor = new OldRunCursor(run, new int[run.packs().size()]);
      for (long entry = 0; cursor.next(); entry++) {
        assertThat(entry).isLessThan(run.entries());
      }
    }
    return found;
  }

  /** A small file as it is. */
  @FuzzTest
  void smallFile(byte[] input) throws IOException {
    Path file = ROOT.resolve("f");
    Disk disk = new HeldDisk(Map.of(file, input));
    String body = SMALL.parse(input, () -> SmallFile.read(disk, file, "t"));
    if (body != null && body.indexOf('\ufffd') < 0) {
      assertThat(SmallFile.encode("t", body)).isEqualTo(input);
    }
  }

  /** The body of each kind of small file: the first byte says which. */
  @FuzzTest
  void body(byte[] input) throws IOException {
    if (input.length < 1 || input.length > SmallFile.MAX_BYTES / 4) {
      return;
    }
    String body = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    String hash = "0".repeat(64);
    switch (input[0] % 5) {
      case 0 -> {
        Pins pins = new Pins(home("pins/" + CID, "cairn-pin " + CID, body));
        SMALL.parse(input, () -> pins.read(CID.toString()));
      }
      case 1 -> {
        Refs refs = new Refs(home("refs/a/1", "cairn-ref a 1", body));
        SMALL.parse(input, () -> refs.current("a"));
      }
      case 2 -> {
        Actions actions = new Actions(home("actions/a", "cairn-action a", body));
        assertThat(actions.get("a")).isPresent();
        SMALL.parse(input, () -> actions.objects("a"));
      }
      case 3 -> {
        Condemned condemned =
            new Condemned(home("condemned/" + hash, "cairn-condemned " + hash, body));
        Set<String> unused = SMALL.parse(input, () -> condemned.ended(() -> Set.of(ID)));
      }
      default -> {
        Writers writers = new Writers(home("writers/" + ID, "cairn-writer " + ID, body));
        Set<String> alive = SMALL.parse(input, writers::alive);
        assertThat(alive == null ? Collections.emptySet() : alive).isSubsetOf(ID);
      }
    }
  }

  private static Home home(String file, String title, String body) {
    Map<Path, byte[]> files =
        Map.of(
            ROOT.resolve("format"),
            Home.FORMAT.getBytes(StandardCharsets.UTF_8),
            ROOT.resolve(file),
            SmallFile.encode(title, body));
    return new Home(ROOT, new HeldDisk(files), Machine.real());
  }
}
