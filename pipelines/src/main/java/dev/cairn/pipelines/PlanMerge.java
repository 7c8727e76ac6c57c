package dev.cairn.pipelines;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressWriter;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.ShardCutter;
import dev.cairn.io.dataset.ShardSpan;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.record.DeadLetterLines;
import dev.cairn.transforms.record.InputFile;
import dev.cairn.transforms.record.PlanPart;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges the parts of a plan: all addresses in key order, one an id, cut into shards. Of several
 * records of one id the first by path and content stays; equal ones are duplicates, others dead
 * letters. Records that documents refer to are parts of them: see {@link ReferenceJoin}. Memory:
 * that of the shards' list, and a buffer a run of addresses.
 */
final class PlanMerge {
  private final LocalStore store;
  private final ShardCutter cutter;
  private final List<PlannedShard> shards = new ArrayList<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Cid> containers = new TreeMap<>();
  private ActionKey rows = newRows();
  private long start;
  private int records;
  private long textBytes;
  private long documents;
  private long duplicates;
  private long descriptions;
  private long forgotten;
  private final Set<String> left;

  /**
   * A merge.
   *
   * @param left ids of documents that are left out
   */
  PlanMerge(LocalStore store, int shardRecords, Set<String> left) {
    this.store = store;
    this.left = left;
    this.cutter = new ShardCutter(shardRecords);
  }

  Plan merge(List<PlanPart> parts) throws IOException {
    List<Cid> runs = new ArrayList<>();
    List<Cid> letters = new ArrayList<>();
    long references = 0;
    for (PlanPart part : parts) {
      references += part.getReferences();
      for (String run : part.getRuns()) {
        runs.add(Cid.parse(run));
      }
      if (!part.getDeadLetters().isEmpty()) {
        letters.add(Cid.parse(part.getDeadLetters()));
      }
      part.getFailures().forEach((code, count) -> failures.merge(code, count, Long::sum));
      if (!part.getContainers().isEmpty()) {
        readContainers(Cid.parse(part.getContainers()));
      }
    }
    try (BlockWriter writer = store.newWriter();
        AddressMerge addresses = AddressMerge.open(store, runs);
        ReferenceJoin join = new ReferenceJoin(store, runs)) {
      if (references > 0) {
        addresses.add(join.joined());
        descriptions -= join.used();
      }
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      FileWriter plan = objects.file();
      FileWriter refused = objects.file();
      write(addresses, new AddressWriter(plan), refused);
      Cid planCid = plan.finish().cid();
      if (failures.containsKey(DuplicateId.CODE)) {
        letters.add(refused.finish().cid());
      }
      writer.seal();
      return new Plan(
          planCid,
          List.copyOf(shards),
          documents,
          duplicates,
          descriptions,
          forgotten,
          List.copyOf(letters),
          failures,
          containers);
    }
  }

  private void readContainers(Cid listing) throws IOException {
    for (InputFile container : InputFile.readAll(new UnixFs(store).openStream(listing))) {
      containers.put(container.path(), container.cid());
    }
  }

  private void write(AddressMerge addresses, AddressWriter plan, FileWriter refused)
      throws IOException {
    SameId group = null;
    for (Address next = addresses.next(); next != null; next = addresses.next()) {
      if (group == null || !group.id().equals(next.id())) {
        keep(group, plan);
        group = new SameId(next);
        continue;
      }
      Address other = group.add(next);
      if (left.contains(next.id())) {
        continue; // nothing is said of it, not even that it is there twice
      }
      if (other != null && Arrays.equals(other.content(), next.content())) {
        duplicates++;
      } else if (other != null && next.textBytes() == 0) {
        descriptions++; // of a case that is whole already
      } else if (other != null) {
        DeadLetter letter = DuplicateId.letter(other, next);
        DeadLetterLines.write(refused, letter);
        failures.merge(letter.code(), 1L, Long::sum);
      }
    }
    keep(group, plan);
    ShardSpan tail = cutter.finish();
    if (tail != null) {
      cut(tail.boundary(), plan.bytes());
    }
  }

  private void keep(@Nullable SameId group, AddressWriter plan) throws IOException {
    if (group == null) {
      return;
    }
    if (left.contains(group.id())) {
      forgotten++;
      return;
    }
    if (!group.hasText()) {
      descriptions += group.kept().size();
      return;
    }
    for (Address address : group.kept()) {
      plan.write(address);
      rows.part(address.content()).part(address.record().toBytes()).part(address.path());
      records++;
      textBytes += address.textBytes();
    }
    documents++;
    ShardSpan ended = cutter.add(group.id());
    if (ended != null) {
      cut(ended.boundary(), plan.bytes());
    }
  }

  private void cut(@Nullable String boundary, long end) {
    shards.add(new PlannedShard(boundary, rows.hex(), start, records, textBytes));
    rows = newRows();
    start = end;
    records = 0;
    textBytes = 0;
  }

  private static ActionKey newRows() {
    return ActionKey.of("rows");
  }
}
