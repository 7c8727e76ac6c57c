package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressReader;
import dev.cairn.io.unixfs.UnixFs;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Sorted runs of addresses as one sorted run. */
final class AddressMerge implements Closeable {
  private static final int BUFFER_BYTES = 1 << 14;

  private static final class Run {
    final AddressReader reader;
    Address head;

    Run(AddressReader reader, Address head) {
      this.reader = reader;
      this.head = head;
    }
  }

  private final PriorityQueue<Run> runs =
      new PriorityQueue<>(Comparator.comparing((Run run) -> run.head));

  private AddressMerge() {}

  static AddressMerge open(BlockStore store, List<Cid> objects) throws IOException {
    AddressMerge merge = new AddressMerge();
    UnixFs files = new UnixFs(store);
    for (Cid object : objects) {
      AddressReader reader =
          new AddressReader(
              new BufferedInputStream(Channels.newInputStream(files.open(object)), BUFFER_BYTES));
      Address first = reader.next();
      if (first != null) {
        merge.runs.add(new Run(reader, first));
      }
    }
    return merge;
  }

  /** The next address in order, or null at the end. */
  @Nullable Address next() throws IOException {
    Run least = runs.poll();
    if (least == null) {
      return null;
    }
    Address result = least.head;
    Address following = least.reader.next();
    if (following == null) {
      least.reader.close();
    } else {
      least.head = following;
      runs.add(least);
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    for (Run run : runs) {
      run.reader.close();
    }
    runs.clear();
  }
}
