package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The indexes of datasets in a store: each is kept by a pin that tells of what it is. */
public final class Indexes {
  private static final String PREFIX = "index of ";
  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

  private final LocalStore store;

  public Indexes(LocalStore store) {
    this.store = store;
  }

  /** Why the index of a dataset is pinned. */
  static String why(Cid dataset) {
    return PREFIX + dataset;
  }

  /** True if a pin is that of an index. */
  public static boolean is(Pin pin) {
    return pin.why().startsWith(PREFIX);
  }

  /** All indexes. */
  public List<Cid> all() throws IOException {
    return store.pins().list().stream().filter(Indexes::is).map(Pin::cid).toList();
  }

  /** The indexes of a dataset: several if they are of other formats, or of several machines. */
  public List<Cid> of(Cid dataset) throws IOException {
    String why = why(dataset);
    return store.pins().list().stream().filter(pin -> pin.why().equals(why)).map(Pin::cid).toList();
  }

  /** An index of a dataset that this version of Cairn reads; empty if there is none. */
  public Optional<Cid> usable(Cid dataset) throws IOException {
    for (Cid index : of(dataset)) {
      try {
        IndexManifest.read(store, index);
        return Optional.of(index);
      } catch (MalformedContentException e) {
        LOG.info("An index is passed over: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }
}
