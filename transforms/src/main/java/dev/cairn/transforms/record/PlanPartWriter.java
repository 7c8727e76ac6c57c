package dev.cairn.transforms.record;

import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressWriter;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what planning finds into the store: addresses in sorted runs, dead letters in file order.
 * Memory: one run of {@value #RUN_RECORDS} addresses.
 */
final class PlanPartWriter implements FilePlanner.Sink, Closeable {
  private static final int RUN_RECORDS = 100_000;

  private final UnixFsWriter objects;
  private final FileWriter deadLetters;
  private final List<Address> run = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private final Map<String, Long> failed = new TreeMap<>();
  private final FileWriter listed;
  private final DataOutputStream listedLines;
  private final FileWriter containers;
  private final DataOutputStream containerLines;
  private final DirectoryWriter unpacked;
  private boolean anyContainer;
  private int unpackedFiles;
  private long records;
  private long references;

  PlanPartWriter(UnixFsWriter objects) {
    this.objects = objects;
    this.deadLetters = objects.file();
    this.listed = objects.file();
    this.listedLines = new DataOutputStream(listed);
    this.containers = objects.file();
    this.containerLines = new DataOutputStream(containers);
    this.unpacked = objects.directory();
  }

  @Override
  public void address(Address address) throws IOException {
    run.add(address);
    records++;
    references += address.refersTo().isEmpty() ? 0 : 1;
    if (run.size() == RUN_RECORDS) {
      writeRun();
    }
  }

  @Override
  public void deadLetter(DeadLetter letter) throws IOException {
    DeadLetterLines.write(deadLetters, letter);
    failed.merge(letter.code(), 1L, Long::sum);
  }

  @Override
  public void container(InputFile file) throws IOException {
    file.write(containerLines);
    anyContainer = true;
  }

  @Override
  public void unpacked(Written file) throws IOException {
    unpacked.add(Integer.toString(unpackedFiles++), file);
  }

  /** A file of the batch, whether it is planned or known. */
  void listed(InputFile file) throws IOException {
    file.write(listedLines);
  }

  /** Ends the objects and names them. */
  PlanPart finish(String key) throws IOException {
    if (!run.isEmpty()) {
      writeRun();
    }
    String letters = failed.isEmpty() ? "" : deadLetters.finish().cid().toString();
    String several = anyContainer ? containers.finish().cid().toString() : "";
    String inPlace = unpackedFiles == 0 ? "" : unpacked.finish().cid().toString();
    return PlanPart.of(
        key,
        listed.finish().cid().toString(),
        List.copyOf(runs),
        letters,
        several,
        inPlace,
        records,
        references,
        failed);
  }

  /** Deletes temporary files of a part that was not finished. */
  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private void writeRun() throws IOException {
    Collections.sort(run);
    FileWriter file = objects.file();
    AddressWriter out = new AddressWriter(file);
    for (Address address : run) {
      out.write(address);
    }
    runs.add(file.finish().cid().toString());
    run.clear();
  }
}
