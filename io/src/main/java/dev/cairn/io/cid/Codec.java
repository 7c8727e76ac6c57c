package dev.cairn.io.cid;

/** The multicodec codes of block contents that Cairn names. Any other code is carried as it is. */
public final class Codec {
  public static final long RAW = 0x55;
  public static final long DAG_PB = 0x70;
  public static final long DAG_CBOR = 0x71;
  public static final long DAG_JSON = 0x0129;

  private Codec() {}
}
