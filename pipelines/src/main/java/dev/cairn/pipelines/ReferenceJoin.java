package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressReader;
import dev.cairn.io.dataset.AddressWriter;
import dev.cairn.io.dataset.KeyOrder;
import dev.cairn.io.sort.ExternalSorter;
import dev.cairn.io.sort.SortCodec;
import dev.cairn.io.sort.Sorted;
import dev.cairn.transforms.record.SystemTemp;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that documents refer to (a case's docket, the docket's court) and makes each a
 * part of every document that does: a merge join of references with all addresses, once for each
 * step. Memory is bounded; what is more is sorted on disk.
 */
final class ReferenceJoin implements Closeable {
  /** Steps from a document at most: a docket, its court. Records that refer in a circle end. */
  private static final int MAX_STEPS = 4;

  private static final long SORT_BYTES = 64L << 20;

  /** About what an address or a reference takes in memory beside its text, in bytes. */
  private static final int OBJECT_BYTES = 256;

  private final BlockStore store;
  private final List<Cid> runs;
  private final ExternalSorter<Address> joined =
      new ExternalSorter<>(
          SystemTemp.FOLDER, new AddressCodec(), Comparator.naturalOrder(), SORT_BYTES);
  private long used;

  /**
   * A document that is completed by a record.
   *
   * @param target id of the record
   * @param document id of the document
   */
  private record Reference(String target, String document) {
    static final Comparator<Reference> ORDER =
        Comparator.comparing(Reference::target, KeyOrder.INSTANCE)
            .thenComparing(Reference::document, KeyOrder.INSTANCE);
  }

  ReferenceJoin(BlockStore store, List<Cid> runs) {
    this.store = store;
    this.runs = runs;
  }

  /** The addresses that were found, each under the id of a document; to be read before closing. */
  Sorted<Address> joined() throws IOException {
    ExternalSorter<Reference> references = ofDocuments();
    for (int step = 0; step < MAX_STEPS; step++) {
      try (ExternalSorter<Reference> followed = references) {
        references = follow(followed.sorted());
      }
    }
    references.close();
    return joined.sorted();
  }

  /** How many records are part of a document that refers to them. */
  long used() {
    return used;
  }

  private ExternalSorter<Reference> ofDocuments() throws IOException {
    ExternalSorter<Reference> references = newReferences();
    try (AddressMerge addresses = AddressMerge.open(store, runs)) {
      IdGroups groups = new IdGroups(addresses);
      for (SameId group = groups.next(); group != null; group = groups.next()) {
        if (group.hasText()) {
          for (Address address : group.kept()) {
            refer(address, group.id(), references);
          }
        }
      }
    }
    return references;
  }

  /** Adds what is referred to; gives the references of that. */
  private ExternalSorter<Reference> follow(Sorted<Reference> references) throws IOException {
    ExternalSorter<Reference> further = newReferences();
    Reference reference = references.next();
    if (reference == null) {
      return further;
    }
    try (AddressMerge addresses = AddressMerge.open(store, runs)) {
      IdGroups groups = new IdGroups(addresses);
      SameId group = groups.next();
      while (group != null && reference != null) {
        int order = KeyOrder.INSTANCE.compare(group.id(), reference.target());
        if (order < 0) {
          group = groups.next();
          continue;
        }
        if (order == 0 && !group.hasText()) {
          used += group.kept().size();
          reference = join(group, reference, references, further);
        } else {
          reference = references.next();
        }
      }
    }
    return further;
  }

  /** Adds a group to all that refer to it; gives the first reference behind them. */
  private @Nullable Reference join(
      SameId group,
      Reference first,
      Sorted<Reference> references,
      ExternalSorter<Reference> further)
      throws IOException {
    Reference reference = first;
    while (reference != null && reference.target().equals(group.id())) {
      for (Address address : group.kept()) {
        joined.add(address.under(reference.document()));
        refer(address, reference.document(), further);
      }
      reference = references.next();
    }
    return reference;
  }

  private static void refer(Address address, String document, ExternalSorter<Reference> references)
      throws IOException {
    if (!address.refersTo().isEmpty()) {
      references.add(new Reference(address.refersTo(), document));
    }
  }

  private static ExternalSorter<Reference> newReferences() {
    return new ExternalSorter<>(
        SystemTemp.FOLDER, new ReferenceCodec(), Reference.ORDER, SORT_BYTES);
  }

  @Override
  public void close() throws IOException {
    joined.close();
  }

  /** Groups what comes in order by its id. */
  private static final class IdGroups {
    private final Sorted<Address> addresses;
    private @Nullable Address head;

    IdGroups(Sorted<Address> addresses) throws IOException {
      this.addresses = addresses;
      this.head = addresses.next();
    }

    @Nullable SameId next() throws IOException {
      Address first = head;
      if (first == null) {
        return null;
      }
      SameId group = new SameId(first);
      head = addresses.next();
      while (head != null && head.id().equals(first.id())) {
        group.add(head);
        head = addresses.next();
      }
      return group;
    }
  }

  private static final class ReferenceCodec implements SortCodec<Reference> {
    @Override
    public long memory(Reference reference) {
      return OBJECT_BYTES + 2L * (reference.target().length() + reference.document().length());
    }

    @Override
    public void write(Reference reference, DataOutputStream out) throws IOException {
      out.writeUTF(reference.target());
      out.writeUTF(reference.document());
    }

    @Override
    public Reference read(DataInputStream in) throws IOException {
      return new Reference(in.readUTF(), in.readUTF());
    }
  }

  private static final class AddressCodec implements SortCodec<Address> {
    @Override
    public long memory(Address address) {
      return 4L * OBJECT_BYTES;
    }

    @Override
    public void write(Address address, DataOutputStream out) throws IOException {
      new AddressWriter(out).write(address);
    }

    @Override
    public Address read(DataInputStream in) throws IOException {
      Address address = new AddressReader(in).next();
      if (address == null) {
        throw new IOException("Cannot read address: end of a sorted run (one more)");
      }
      return address;
    }
  }
}
