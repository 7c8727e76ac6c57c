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
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Sorted runs of addresses as one sorted run. */
final class AddressMerge implements Sorted<Address>, Closeable {
  private static final int BUFFER_BYTES = 1 << 14;

  private static final class Run {
    final Sorted<Address> addresses;
    final Closeable source;
    Address head;

    Run(Sorted<Address> addresses, Closeable source, Address head) {
      this.addresses = addresses;
      this.source = source;
      this.head = head;
    }
  }

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
      merge.add(reader::next, reader);
    }
    return merge;
  }

  /** Takes addresses from one more sorted run, which stays the caller's to close. */
  void add(Sorted<Address> addresses) throws IOException {
    add(addresses, () -> {});
  }

  private void add(Sorted<Address> addresses, Closeable source) throws IOException {
    Address first = addresses.next();
    if (first == null) {
      source.close();
    } else {
      runs.add(new Run(addresses, source, first));
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
    if (following == null) {
      least.source.close();
    } else {
      least.head = following;
      runs.add(least);
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    for (Run run : runs) {
      run.source.close();
    }
    runs.clear();
  }
}
