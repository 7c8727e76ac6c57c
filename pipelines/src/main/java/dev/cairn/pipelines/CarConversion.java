package dev.cairn.pipelines;

import dev.cairn.io.car.CarExport;
import dev.cairn.io.car.CarImport;
import dev.cairn.io.car.CarSummary;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.NodeKind;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.transforms.record.SystemTemp;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tables from and to CAR files: an archive of the blocks of a file or folder. */
public final class CarConversion {
  private static final String EXTENSION = ".car";

  private final TieredStore tiers;
  private final LocalStore store;

  public CarConversion(TieredStore tiers) {
    this.tiers = tiers;
    this.store = tiers.local();
  }

  /**
   * A CAR file in the store.
   *
   * @param file its CID
   */
  public record Packed(Cid file, long bytes) {}

  /**
   * What an input means: of a local CAR file its root, or the one file in that, whose blocks are in
   * the store then.
   *
   * @throws InputFailedException if it has not one root
   */
  public String unpacked(String input) throws IOException {
    boolean car = input.toLowerCase(Locale.ROOT).endsWith(EXTENSION);
    Path file = car ? Path.of(input) : null;
    if (file == null || !Files.isRegularFile(file)) {
      return input;
    }
    try (LocalWriter writer = store.newWriter();
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      CarSummary summary = CarImport.readWhole(in, input, writer, writer.pending());
      writer.seal();
      if (summary.roots().size() != 1) {
        throw new InputFailedException(
            "Cannot convert: " + input + ": " + summary.roots().size() + " roots (one)");
      }
      Cid root = summary.roots().get(0);
      store.keep(root);
      return "/ipfs/" + root + only(root);
    }
  }

  /** The path to the one file of a folder that has no more; empty if it is another. */
  private String only(Cid root) throws IOException {
    UnixFs files = new UnixFs(store);
    if (files.stat(root).kind() != NodeKind.DIRECTORY) {
      return "";
    }
    Listing entries = files.list(root);
    if (!entries.hasNext()) {
      return "";
    }
    DirEntry first = entries.next();
    return !entries.hasNext() && files.stat(first.cid()).kind() == NodeKind.FILE
        ? "/" + first.name()
        : "";
  }

  /**
   * The CID of an input, whose blocks are in the store then: a folder, or one in which a single
   * file has its name.
   */
  public Cid stored(String input) throws IOException {
    InputLister.Found found = new InputLister(tiers, path -> false, true).find(List.of(input));
    tiers.bring(found.root());
    return found.root();
  }

  /** Writes the CAR file of a DAG. */
  public void pack(Cid root, OutputStream out) throws IOException {
    CarExport.v1(tiers, root, out);
  }

  /** Writes the CAR file of a DAG into the store. */
  public Packed pack(Cid root) throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      FileWriter file = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      pack(root, file);
      Written written = file.finish();
      writer.seal();
      return new Packed(written.cid(), written.size());
    }
  }
}
