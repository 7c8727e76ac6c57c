package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressReader;
import dev.cairn.io.sort.Sorted;
import dev.cairn.io.unixfs.UnixFs;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Sorted runs of addresses as one sorted run. */
final class AddressMerge implements Sorted<Address>, Closeable {
  private static final int BUFFER_BYTES = 1 << 14;

  private static final class Run {
    final Sorted<Address> addresses;
    Address head;

    Run(Sorted<Address> addresses, Address head) {
      this.addresses = addresses;
      this.head = head;
    }
  }

  private final List<AddressReader> readers = new ArrayList<>();

  private final PriorityQueue<Run> runs =
      new PriorityQueue<>(Comparator.comparing((Run run) -> run.head));

  private AddressMerge() {}

  /** The addresses of objects in the store. */
  static AddressMerge open(BlockStore store, List<Cid> objects) throws IOException {
    AddressMerge merge = new AddressMerge();
    UnixFs files = new UnixFs(store);
    for (Cid object : objects) {
      AddressReader reader =
          new AddressReader(
              new BufferedInputStream(Channels.newInputStream(files.open(object)), BUFFER_BYTES));
      merge.readers.add(reader);
      merge.add(reader::next);
    }
    return merge;
  }

  /** Takes addresses from one more sorted run, which stays the caller's to close. */
  void add(Sorted<Address> addresses) throws IOException {
    Address first = addresses.next();
    if (first != null) {
      runs.add(new Run(addresses, first));
    }
  }

  @Override
  public @Nullable Address next() throws IOException {
    Run least = runs.poll();
    if (least == null) {
      return null;
    }
    Address result = least.head;
    Address following = least.addresses.next();
    if (following != null) {
      least.head = following;
      runs.add(least);
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    for (AddressReader reader : readers) {
      reader.close();
    }
    readers.clear();
    runs.clear();
  }
}
