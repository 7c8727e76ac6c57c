package dev.cairn.io.unixfs;

import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.MalformedContentException;
import java.util.Iterator;
import java.util.List;

/** The links of a plain directory. */
final class PlainListing implements Listing {
  private final Iterator<PbLink> links;

  PlainListing(List<PbLink> links) {
    this.links = links.iterator();
  }

  @Override
  public boolean hasNext() {
    return links.hasNext();
  }

  @Override
  public DirEntry next() throws MalformedContentException {
    PbLink link = links.next();
    return new DirEntry(link.name(), link.cid(), link.tsize());
  }
}
