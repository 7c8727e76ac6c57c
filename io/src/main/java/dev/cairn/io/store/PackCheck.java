package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.car.MultihashIndex;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Compares every byte of a pack with what its data demands: blocks with their CIDs, heads of
 * sections with the seal, header and index with what they are computed to be, the name with the
 * index, and the file's length with all of them.
 */
final class PackCheck {
  private final DiskFile file;
  private final String name;
  private final String where;
  private final Findings findings;
  private final MultihashIndex index = new MultihashIndex();
  private final MessageDigest heads = PackFormat.newHeadsDigest();

  PackCheck(DiskFile file, String name, String where, Findings findings) {
    this.file = file;
    this.name = name;
    this.where = where;
    this.findings = findings;
  }

  void run() throws IOException {
    PackScanner scanner = new PackScanner(file);
    try {
      CarSection section = scanner.next();
      while (section != null && !PackFormat.isSeal(section)) {
        checkBlock(scanner, section);
        section = scanner.next();
      }
      checkSeal(scanner, section);
      checkStart(scanner.sectionEnd());
      checkIndex(scanner.sectionEnd());
    } catch (MalformedContentException e) {
      damaged(scanner.sectionStart(), String.valueOf(e.getMessage()));
    }
  }

  private void checkBlock(PackScanner scanner, CarSection section) {
    byte[] bytes = scanner.bytes();
    int dataAt = scanner.dataAt();
    Multihash multihash = section.cid().multihash();
    HashFunction function = multihash.function();
    byte[] digest = function.digest(bytes, dataAt, section.dataBytes());
    if (Arrays.equals(digest, multihash.digest())) {
      findings.good(section.dataBytes());
    } else {
      String at = where + " at byte " + scanner.sectionStart();
      findings.corrupt(section.cid(), at, Multihash.of(function, digest).toString());
    }
    heads.update(bytes, dataAt - section.headBytes(), section.headBytes());
    index.add(multihash, scanner.offset());
  }

  private void checkSeal(PackScanner scanner, @Nullable CarSection seal)
      throws MalformedContentException {
    if (seal == null) {
      throw new MalformedContentException("Cannot read pack: " + where + " (its seal)");
    }
    byte[] head = CarSection.head(seal.cid(), seal.dataBytes());
    Block right = PackFormat.seal(heads.digest(), seal.cid());
    byte[] expected = right.bytes();
    int dataAt = scanner.dataAt();
    boolean sealed =
        seal.cid().equals(right.cid())
            && Arrays.equals(
                scanner.bytes(), dataAt, dataAt + seal.dataBytes(), expected, 0, expected.length)
            && head.length == seal.headBytes();
    if (!sealed) {
      damaged(scanner.sectionStart(), "the seal of other sections");
    }
    index.add(seal.cid().multihash(), scanner.offset());
  }

  private void checkStart(long dataEnd) throws IOException {
    byte[] expected = PackFormat.start(dataEnd - CarV2Header.BYTES);
    byte[] found = new byte[expected.length];
    file.read(0, ByteBuffer.wrap(found));
    int at = Arrays.mismatch(expected, found);
    if (at >= 0) {
      damaged(at, "another header");
    }
  }

  private void checkIndex(long start) throws IOException {
    MessageDigest sha256 = DigestUtils.getSha256Digest();
    ComparingStream compared = new ComparingStream(new DiskFileStream(file, start, file.size()));
    try (OutputStream out =
        new BufferedOutputStream(new DigestOutputStream(compared, sha256), 1 << 16)) {
      index.writeTo(out);
    }
    long difference = compared.firstDifference();
    if (difference >= 0) {
      damaged(start + difference, "another index");
    }
    String expected = PackFormat.name(sha256.digest());
    if (!expected.equals(name)) {
      findings.corrupt(null, where, "the index " + expected);
    }
  }

  private void damaged(long position, String found) {
    findings.corrupt(null, where + " at byte " + position, found);
  }
}
