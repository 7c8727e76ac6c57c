package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.HashThreads;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Compares every byte of a pack with what its data demands: blocks with their CIDs, heads of
 * sections with the seal, header and index with what they are computed to be, the name with the
 * index, and the file's length with all of them.
 */
final class PackCheck {
  /** Below this, handing a block to another thread costs more than it gains. */
  private static final int MIN_HANDED_BYTES = 1 << 16;

  private final DiskFile file;
  private final String name;
  private final String where;
  private final Findings findings;
  private final HashThreads threads;
  private final List<Waiting> waiting = new ArrayList<>();
  private final MultihashIndex index = new MultihashIndex();
  private final MessageDigest heads = PackFormat.newHeadsDigest();

  /** A block, the position of its section, and the digest of its data to come. */
  private record Waiting(CarSection section, long start, Future<byte[]> digest) {}

  PackCheck(DiskFile file, String name, String where, Findings findings, HashThreads threads) {
    this.file = file;
    this.name = name;
    this.where = where;
    this.findings = findings;
    this.threads = threads;
  }

  void run() throws IOException {
    PackScanner scanner = new PackScanner(file, this::settle);
    try {
      CarSection section = scanner.next();
      while (section != null && !PackFormat.isSeal(section)) {
        checkBlock(scanner, section);
        section = scanner.next();
      }
      settle();
      checkSeal(scanner, section);
      checkStart(scanner.sectionEnd());
      checkIndex(scanner.sectionEnd());
    } catch (MalformedContentException e) {
      settle();
      damaged(scanner.sectionStart(), String.valueOf(e.getMessage()));
    }
  }

  /** Large blocks are hashed on other threads, as long as the scanner has them in its buffer. */
  private void checkBlock(PackScanner scanner, CarSection section) {
    byte[] bytes = scanner.bytes();
    int dataAt = scanner.dataAt();
    int length = section.dataBytes();
    Multihash multihash = section.cid().multihash();
    HashFunction function = multihash.function();
    Future<byte[]> digest =
        length < MIN_HANDED_BYTES
            ? CompletableFuture.completedFuture(function.digest(bytes, dataAt, length))
            : threads.submit(() -> function.digest(bytes, dataAt, length));
    waiting.add(new Waiting(section, scanner.sectionStart(), digest));
    heads.update(bytes, dataAt - section.headBytes(), section.headBytes());
    index.add(multihash, scanner.offset());
  }

  /** Tells what the hashes of the blocks since the last time are, in the blocks' order. */
  private void settle() throws IOException {
    for (Waiting block : waiting) {
      Multihash multihash = block.section().cid().multihash();
      byte[] digest = HashThreads.await(block.digest());
      if (Arrays.equals(digest, multihash.digest())) {
        findings.good(block.section().dataBytes());
      } else {
        String at = where + " at byte " + block.start();
        String computed = Multihash.of(multihash.function(), digest).toString();
        findings.corrupt(block.section().cid(), at, computed);
      }
    }
    waiting.clear();
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
