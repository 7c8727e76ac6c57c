package dev.cairn.transforms.record;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressReader;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.unixfs.StoredSize;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.Written;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What batches of an earlier run found in their files: a file that is as it was is not parsed
 * again, though its batch is another. Memory: the listings of these batches.
 */
final class EarlierPlans {
  private final BlockStore blocks;
  private final List<PlanPart> parts = new ArrayList<>();
  private final Map<String, Cid> files = new HashMap<>();

  private EarlierPlans(BlockStore blocks) {
    this.blocks = blocks;
  }

  /** Those of the batches that the store still has. */
  static EarlierPlans of(WorkStore store, List<String> keys) throws IOException {
    EarlierPlans plans = new EarlierPlans(store.blocks());
    for (String key : keys) {
      Optional<String> action = store.action(PlanPart.action(key));
      if (action.isPresent()) {
        plans.add(PlanPart.fromJson(key, action.get()));
      }
    }
    return plans;
  }

  private void add(PlanPart part) throws IOException {
    parts.add(part);
    for (InputFile file : listed(part.getListed())) {
      files.put(file.path(), file.cid());
    }
  }

  /** True if the file was planned at this path with these bytes. */
  boolean has(InputFile file) {
    return Objects.equals(files.get(file.path()), file.cid());
  }

  /** Tells all that was found in files at these paths. */
  void copy(Set<String> paths, FilePlanner.Sink sink) throws IOException {
    if (paths.isEmpty()) {
      return;
    }
    Set<Cid> unpacked = new HashSet<>();
    for (PlanPart part : parts) {
      for (String run : part.getRuns()) {
        copyAddresses(Cid.parse(run), paths, unpacked, sink);
      }
      if (!part.getDeadLetters().isEmpty()) {
        Cid letters = Cid.parse(part.getDeadLetters());
        for (DeadLetter letter : DeadLetterLines.read(new UnixFs(blocks).openStream(letters))) {
          if (paths.contains(letter.origin())) {
            sink.deadLetter(letter);
          }
        }
      }
      for (InputFile container : listed(part.getContainers())) {
        if (paths.contains(container.path())) {
          sink.container(container);
        }
      }
    }
  }

  private void copyAddresses(Cid run, Set<String> paths, Set<Cid> unpacked, FilePlanner.Sink sink)
      throws IOException {
    try (AddressReader addresses =
        new AddressReader(new BufferedInputStream(new UnixFs(blocks).openStream(run)))) {
      for (Address address = addresses.next(); address != null; address = addresses.next()) {
        if (paths.contains(address.path())) {
          sink.address(address);
          if (address.unpacked() && unpacked.add(address.file())) {
            sink.unpacked(stored(address.file()));
          }
        }
      }
    }
  }

  private Written stored(Cid object) throws IOException {
    long size = new UnixFs(blocks).stat(object).size();
    return new Written(object, size, StoredSize.of(blocks, object));
  }

  private List<InputFile> listed(String listing) throws IOException {
    return listing.isEmpty()
        ? List.of()
        : InputFile.readAll(new UnixFs(blocks).openStream(Cid.parse(listing)));
  }
}
