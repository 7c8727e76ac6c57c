package dev.cairn.transforms.record;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressWriter;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
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
final class PlanPartWriter implements FilePlanner.Sink {
  private static final int RUN_RECORDS = 100_000;

  private final UnixFsWriter objects;
  private final FileWriter deadLetters;
  private final List<Address> run = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private final Map<String, Long> failed = new TreeMap<>();
  private final Map<String, String> containers = new TreeMap<>();
  private long records;

  PlanPartWriter(UnixFsWriter objects) {
    this.objects = objects;
    this.deadLetters = objects.file();
  }

  @Override
  public void address(Address address) throws IOException {
    run.add(address);
    records++;
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
  public void container(String path, Cid file) {
    containers.put(path, file.toString());
  }

  /** Ends the objects and names them. */
  PlanPart finish(String key) throws IOException {
    if (!run.isEmpty()) {
      writeRun();
    }
    String letters = failed.isEmpty() ? "" : deadLetters.finish().cid().toString();
    return PlanPart.of(key, List.copyOf(runs), letters, records, failed, containers);
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
