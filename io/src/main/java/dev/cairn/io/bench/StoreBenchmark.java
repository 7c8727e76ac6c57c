package dev.cairn.io.bench;

import dev.cairn.io.bench.Laps.Act;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.VerifyReport;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.FolderGet;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Times one large file and many small ones through the local store, beside hashing and copying
 * alone and, where there is one, {@code ipfs}. Every act of a round starts from the same files in
 * the page cache and an empty store; what it wrote is emptied before the next.
 */
public final class StoreBenchmark {
  private static final double MEGABYTE = 1e6;

  private final Scratch scratch;
  private final StoreLoad load;
  private final TestFiles files;
  private final @Nullable Path ipfs;

  private StoreBenchmark(Scratch scratch, StoreLoad load, TestFiles files, @Nullable Path ipfs) {
    this.scratch = scratch;
    this.load = load;
    this.files = files;
    this.ipfs = ipfs;
  }

  /**
   * Runs one round unmeasured, then the measured ones. Needs room for some four times the files
   * and, until its end, an inode for each small file and act.
   *
   * @param folder an existing folder on the disk to measure; a folder is made in it and deleted
   * @param ipfs the binary to measure beside, or null
   * @throws IOException if something cannot be read or written, or {@code ipfs} fails or gives the
   *     files another CID
   */
  public static StoreFigures run(Path folder, StoreLoad load, @Nullable Path ipfs)
      throws IOException {
    try (Scratch scratch = Scratch.in(folder)) {
      TestFiles files = TestFiles.write(scratch, load);
      StoreBenchmark benchmark = new StoreBenchmark(scratch, load, files, ipfs);
      benchmark.round(new Laps());
      Laps laps = new Laps();
      for (int i = 0; i < load.rounds(); i++) {
        benchmark.round(laps);
      }
      return benchmark.figures(laps);
    }
  }

  private void round(Laps laps) throws IOException {
    laps.add(Act.HASH, Baseline.hashNanos(files.large()));
    Cid large = large(laps);
    Cid small = small(laps);
    if (ipfs != null) {
      ipfs(laps, ipfs, files.large(), large, Act.IPFS_ADD, Act.IPFS_GET);
      ipfs(laps, ipfs, files.small(), small, Act.IPFS_SMALL_ADD, Act.IPFS_SMALL_GET);
    }
  }

  private Cid large(Laps laps) throws IOException {
    Scratch room = scratch.inside();
    try (LocalStore store = LocalStore.open(room.path("home"))) {
      freeMemory();
      laps.time(Act.DURABLE_COPY, () -> Baseline.copyDurably(files.large(), room.path("durable")));
      freeMemory();
      Cid cid = laps.time(Act.ADD, () -> add(store, files.large()));
      laps.time(Act.CAT, () -> cat(store, cid));
      laps.time(Act.VERIFY, () -> verify(store));
      freeMemory();
      laps.time(Act.PLAIN_COPY, () -> Baseline.copy(files.large(), room.path("plain")));
      freeMemory();
      laps.time(Act.GET, () -> new FolderGet(store).get(cid, room.path("got")));
      return cid;
    } finally {
      room.empty();
    }
  }

  /**
   * Gives each act memory that was just freed: memory that was free for longer comes page by page
   * from the host where the machine is a virtual one, at several times the cost of a copy.
   */
  private void freeMemory() throws IOException {
    Scratch room = scratch.inside();
    Baseline.copy(files.large(), room.path("freed"));
    room.empty();
  }

  private Cid small(Laps laps) throws IOException {
    Scratch room = scratch.inside();
    try (LocalStore store = LocalStore.open(room.path("home"))) {
      Cid cid = laps.time(Act.SMALL_ADD, () -> add(store, files.small()));
      laps.time(Act.SMALL_GET, () -> new FolderGet(store).get(cid, room.path("got")));
      return cid;
    } finally {
      room.empty();
    }
  }

  private void ipfs(Laps laps, Path binary, Path from, Cid cid, Act adding, Act getting)
      throws IOException {
    Scratch room = scratch.inside();
    IpfsRepo repo = IpfsRepo.create(binary, room);
    freeMemory();
    String theirs = laps.time(adding, () -> repo.add(from));
    if (!theirs.equals(cid.toString())) {
      throw new IOException("Cannot compare with ipfs: its CID " + theirs + " (" + cid + ")");
    }
    freeMemory();
    laps.time(getting, () -> repo.get(theirs, room.path("got")));
    room.empty();
  }

  private Cid add(LocalStore store, Path path) throws IOException {
    try (BlockWriter writer = store.newWriter()) {
      Cid cid = new FolderAdd(writer, scratch.folder(), AddOptions.standard()).add(path).cid();
      writer.seal();
      return cid;
    }
  }

  private static long cat(LocalStore store, Cid cid) throws IOException {
    return new UnixFs(store).copy(cid, 0, Long.MAX_VALUE, OutputStream.nullOutputStream());
  }

  private static VerifyReport verify(LocalStore store) throws IOException {
    VerifyReport report = store.verify().all();
    if (!report.isClean()) {
      throw new IOException("Cannot verify store: " + report.corrupt() + " (no damage)");
    }
    return report;
  }

  private StoreFigures figures(Laps laps) {
    double megabytes = load.largeBytes() / MEGABYTE;
    return new StoreFigures(
        laps.speed(Act.ADD, megabytes),
        laps.speed(Act.GET, megabytes),
        laps.speed(Act.CAT, megabytes),
        laps.speed(Act.VERIFY, megabytes),
        laps.speed(Act.HASH, megabytes),
        laps.speed(Act.DURABLE_COPY, megabytes),
        laps.speed(Act.PLAIN_COPY, megabytes),
        laps.speed(Act.SMALL_ADD, load.smallFiles()),
        laps.speed(Act.SMALL_GET, load.smallFiles()),
        laps.ratio(Act.ADD, Act.DURABLE_COPY, Act.HASH),
        laps.ratio(Act.GET, Act.PLAIN_COPY, Act.HASH),
        laps.ratio(Act.CAT, Act.HASH),
        laps.ratio(Act.VERIFY, Act.HASH),
        ipfs == null ? null : ipfsFigures(laps, megabytes));
  }

  private StoreFigures.Ipfs ipfsFigures(Laps laps, double megabytes) {
    return new StoreFigures.Ipfs(
        laps.speed(Act.IPFS_ADD, megabytes),
        laps.speed(Act.IPFS_GET, megabytes),
        laps.speed(Act.IPFS_SMALL_ADD, load.smallFiles()),
        laps.speed(Act.IPFS_SMALL_GET, load.smallFiles()),
        laps.ratio(Act.SMALL_ADD, Act.IPFS_SMALL_ADD),
        laps.ratio(Act.SMALL_GET, Act.IPFS_SMALL_GET));
  }
}
