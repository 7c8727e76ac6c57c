package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.car.CarHeader;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What every pack has in common. A pack is a CARv2 without padding:
 *
 * <pre>
 * pragma and header    fully indexed
 * CARv1 header         one root, the empty identity CID: the real roots are not known yet when it is
 *                      written, and readers refuse archives without any
 * sections             each multihash once
 * seal                 a section of identity CID over the SHA-256 of the heads of all sections before,
 *                      and 8 random bytes: no two packs ever have one name, or a gc that is about
 *                      to delete a pack could hit one that was written since
 * index                code 0x0401, the seal among its entries
 * </pre>
 *
 * The file's name is the SHA-256 of the index. It covers every byte of the file: the index lists
 * the hashes and places of all data, and through the seal also the codecs under which blocks were
 * put, which no data hash covers.
 */
final class PackFormat {
  /** The one root of every pack, {@code bafkqaaa}. */
  static final Cid ROOT = Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, new byte[0]));

  private static final byte[] CAR_HEADER = CarHeader.v1(List.of(ROOT)).encode();
  private static final String SUFFIX = ".car";

  /** What a seal has behind the digest, if anything: a random number. */
  static final int SALT_BYTES = 8;

  static final byte[] NO_SALT = {};

  private PackFormat() {}

  /** The bytes before the first section, of a pack with so many bytes of payload. */
  static byte[] start(long dataBytes) {
    byte[] v2 = CarV2Header.dense(true, dataBytes).encode();
    byte[] start = new byte[v2.length + CAR_HEADER.length];
    System.arraycopy(v2, 0, start, 0, v2.length);
    System.arraycopy(CAR_HEADER, 0, start, v2.length, CAR_HEADER.length);
    return start;
  }

  /** Bytes from the payload's start to the first section. */
  static int firstSection() {
    return CAR_HEADER.length;
  }

  static MessageDigest newHeadsDigest() {
    return DigestUtils.getSha256Digest();
  }

  /**
   * The block that ends the sections.
   *
   * @param salt what gives a pack another name than one with the same blocks
   */
  static Block seal(byte[] headsDigest, byte[] salt) {
    byte[] seal = Arrays.copyOf(headsDigest, headsDigest.length + salt.length);
    System.arraycopy(salt, 0, seal, headsDigest.length, salt.length);
    return Block.identity(Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, seal)));
  }

  /**
   * The seal that sections with these heads should have, if the one found has a salt of its own.
   */
  static Block seal(byte[] headsDigest, Cid found) {
    byte[] bytes = found.multihash().digest();
    boolean salted = bytes.length == headsDigest.length + SALT_BYTES;
    return seal(
        headsDigest,
        salted ? Arrays.copyOfRange(bytes, headsDigest.length, bytes.length) : NO_SALT);
  }

  /** True for the section that ends a pack; no block of a pack has an identity CID. */
  static boolean isSeal(CarSection section) {
    return section.cid().multihash().function() == HashFunction.IDENTITY;
  }

  static String name(byte[] indexDigest) {
    return HexFormat.of().formatHex(indexDigest);
  }

  static String fileName(String name) {
    return name + SUFFIX;
  }

  static boolean isFileName(String fileName) {
    return fileName.endsWith(SUFFIX) && isName(nameOf(fileName));
  }

  /** True for 64 small hexadecimal digits. */
  static boolean isName(String name) {
    boolean name64 = name.length() == 2 * PackNames.NAME_BYTES;
    for (int i = 0; name64 && i < name.length(); i++) {
      char c = name.charAt(i);
      name64 = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return name64;
  }

  static String nameOf(String fileName) {
    return fileName.substring(0, fileName.length() - SUFFIX.length());
  }
}
