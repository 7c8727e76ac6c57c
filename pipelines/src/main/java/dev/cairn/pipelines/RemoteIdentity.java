package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.Pin;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.models.embed.NumericsProbe;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * What tells models apart that endpoints call by one name: the vectors of {@link
 * NumericsProbe#TEXTS}. Endpoints seldom give the same bits twice (a vector's last bits depend on
 * what else is in its batch), so those that were seen first are kept in the store, and later ones
 * that agree with them are of the same model.
 */
final class RemoteIdentity {
  /**
   * Difference of any two floats of a unit vector at most. An estimate: above what 16-bit floats
   * and batching do, below what other weights of one name do.
   */
  static final double TOLERANCE = 0.005;

  private static final int NAME_DIGITS = 32;

  private final LocalStore store;

  RemoteIdentity(LocalStore store) {
    this.store = store;
  }

  /**
   * The numerics of a model: the digest of the vectors that were seen first.
   *
   * @param name what its endpoint calls it
   * @param vectors that it gives now
   */
  String numerics(String name, List<float[]> vectors) throws IOException {
    byte[] now = NumericsProbe.bytes(vectors);
    String digest = ActionKey.of("remote").part(name).part("" + vectors.get(0).length).hex();
    String prefix = "remote-" + digest.substring(0, NAME_DIGITS) + "-";
    for (String key : store.actions().keys().stream().sorted().toList()) {
      Optional<String> seen =
          key.startsWith(prefix) ? store.wholeAction(key) : Optional.<String>empty();
      if (seen.isPresent() && agrees(read(Cid.parse(seen.get()), now.length), now)) {
        return key.substring(prefix.length());
      }
    }
    String numerics = NumericsProbe.digest(vectors);
    keep(prefix + numerics, name, now);
    return numerics;
  }

  private void keep(String key, String name, byte[] vectors) throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      FileWriter file = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      file.write(vectors);
      Cid cid = file.finish().cid();
      writer.seal();
      store.pins().put(cid, Pin.Kind.CACHE, "vectors that tell " + name + " apart");
      store.actions().put(key, cid.toString(), List.of(cid));
    }
  }

  private byte[] read(Cid cid, int limit) throws IOException {
    try (SeekableByteChannel file = new UnixFs(store).open(cid)) {
      return Channels.newInputStream(file).readNBytes(limit + 1);
    }
  }

  private static boolean agrees(byte[] seen, byte[] now) {
    if (seen.length != now.length) {
      return false;
    }
    for (int at = 0; at < seen.length; at += Float.BYTES) {
      float before = ByteBuffer.wrap(seen).getFloat(at);
      if (!(Math.abs((double) before - ByteBuffer.wrap(now).getFloat(at)) <= TOLERANCE)) {
        return false;
      }
    }
    return true;
  }
}
