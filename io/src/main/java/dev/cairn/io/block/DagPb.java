package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dag-pb node: links and data. Source: the IPLD dag-pb specification. It is written in canonical
 * form, links first and then data; it is read in either order, but never with unknown, repeated or
 * misplaced fields.
 */
public final class DagPb {
  /**
   * Links of one node at most. A block of {@link Block#MAX_READ_BYTES} holds about 100,000 links to
   * sha2-256 CIDs; more can only be made of tiny identity CIDs, to fill memory.
   */
  public static final int MAX_LINKS = 1 << 17;

  private static final int NODE_DATA = 1;
  private static final int NODE_LINKS = 2;
  private static final int LINK_HASH = 1;
  private static final int LINK_NAME = 2;
  private static final int LINK_TSIZE = 3;
  private static final byte[] NO_NAME = {};

  private final List<PbLink> links;
  private final byte @Nullable [] data;

  private DagPb(List<PbLink> links, byte @Nullable [] data) {
    this.links = links;
    this.data = data;
  }

  /** The links in stored order. */
  public List<PbLink> links() {
    return links;
  }

  /** The data, not a copy; null if there is none. */
  public byte @Nullable [] data() {
    return data;
  }

  /**
   * Reads a node.
   *
   * @throws MalformedContentException if the bytes are not one, or it has more than {@link
   *     #MAX_LINKS} links
   */
  public static DagPb decode(byte[] bytes) throws MalformedContentException {
    PbReader in = new PbReader(bytes);
    List<PbLink> links = new ArrayList<>();
    byte[] data = null;
    boolean linksEnded = false;
    while (in.hasNext()) {
      int field = in.field();
      if (field == NODE_LINKS && !linksEnded && links.size() < MAX_LINKS) {
        links.add(decodeLink(in.message()));
      } else if (field == NODE_DATA && data == null) {
        data = in.bytes();
        linksEnded = !links.isEmpty();
      } else {
        throw new MalformedContentException(
            "Cannot read dag-pb node: field "
                + field
                + " after "
                + links.size()
                + " links (one data and at most "
                + MAX_LINKS
                + " links together)");
      }
    }
    return new DagPb(List.copyOf(links), data);
  }

  private static PbLink decodeLink(PbReader in) throws MalformedContentException {
    Cid cid = null;
    byte[] name = NO_NAME;
    long tsize = 0;
    int last = 0;
    while (in.hasNext()) {
      int field = in.field();
      if (field <= last || field > LINK_TSIZE) {
        throw new MalformedContentException(
            "Cannot read dag-pb link: field " + field + " after " + last + " (1, 2, 3, once each)");
      }
      switch (field) {
        case LINK_HASH -> cid = Cid.fromBytes(in.bytes());
        case LINK_NAME -> name = in.bytes();
        default -> tsize = in.varint();
      }
      last = field;
    }
    if (cid == null) {
      throw new MalformedContentException("Cannot read dag-pb link: no CID (required)");
    }
    return new PbLink(cid, name, tsize);
  }

  /** Writes a node in canonical form. Links keep their order: the caller sorts. */
  public static byte[] encode(List<PbLink> links, byte @Nullable [] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (PbLink link : links) {
      byte[] cid = link.cid().toBytes();
      Varint.write(out, tag(NODE_LINKS, PbReader.BYTES));
      Varint.write(out, linkBodySize(cid.length, link.nameBytes().length, link.tsize()));
      writeBytes(out, LINK_HASH, cid);
      writeBytes(out, LINK_NAME, link.nameBytes());
      Varint.write(out, tag(LINK_TSIZE, PbReader.VARINT));
      Varint.write(out, link.tsize());
    }
    if (data != null) {
      writeBytes(out, NODE_DATA, data);
    }
    return out.toByteArray();
  }

  /**
   * Bytes that a link adds to a node's block: what decides whether a folder is still a plain one.
   */
  public static long linkSize(int cidBytes, int nameBytes, long tsize) {
    long body = linkBodySize(cidBytes, nameBytes, tsize);
    return 1 + Varint.size(body) + body;
  }

  private static long linkBodySize(int cidBytes, int nameBytes, long tsize) {
    return bytesFieldSize(cidBytes) + bytesFieldSize(nameBytes) + 1 + Varint.size(tsize);
  }

  private static long bytesFieldSize(int length) {
    return 1 + Varint.size(length) + (long) length;
  }

  private static void writeBytes(ByteArrayOutputStream out, int field, byte[] bytes) {
    Varint.write(out, tag(field, PbReader.BYTES));
    Varint.write(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static long tag(int field, int wireType) {
    return (long) field << 3 | wireType;
  }
}
