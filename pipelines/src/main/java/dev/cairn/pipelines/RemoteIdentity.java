package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.Pin;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.models.ModelRef;
import dev.cairn.models.RemotePlace;
import dev.cairn.models.embed.NumericsProbe;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells models apart that endpoints call by one name: the vectors of {@link
 * NumericsProbe#TEXTS}. Endpoints seldom give the same bits twice (a vector's last bits depend on
 * what else is in its batch), so those that were seen first are kept in the store, pinned with the
 * endpoint that gave them, and later ones that agree with them are of the same model.
 */
public final class RemoteIdentity {
  /**
   * Difference of any two floats of a unit vector at most. An estimate: above what 16-bit floats
   * and batching do, below what other weights of one name do.
   */
  static final double TOLERANCE = 0.005;

  private static final Pattern WHY = Pattern.compile("numerics ([0-9a-f]{64}) of (openai:\\S+)");

  private final LocalStore store;

  /** A model that was seen. */
  private record Seen(Cid vectors, String numerics, String reference) {}

  RemoteIdentity(LocalStore store) {
    this.store = store;
  }

  /** True for a pin that keeps what tells a model apart: vectors of no document. */
  public static boolean isOf(Pin pin) {
    return WHY.matcher(pin.why()).matches();
  }

  /**
   * The numerics of a model: the digest of the vectors that were seen first. The endpoint that gave
   * vectors that agree is remembered as the model's.
   *
   * @param vectors that it gives now
   */
  String numerics(ModelRef ref, RemotePlace place, List<float[]> vectors) throws IOException {
    byte[] now = NumericsProbe.bytes(vectors);
    for (Seen seen : seen(place.model())) {
      if (agrees(read(seen.vectors(), now.length), now)) {
        if (!seen.reference().equals(ref.toString())) {
          pin(seen.vectors(), seen.numerics(), ref);
        }
        return seen.numerics();
      }
    }
    String numerics = NumericsProbe.digest(vectors);
    try (LocalWriter writer = store.newWriter()) {
      FileWriter file = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      file.write(now);
      Cid cid = file.finish().cid();
      writer.seal();
      pin(cid, numerics, ref);
    }
    return numerics;
  }

  /** The reference of the endpoint that last gave the vectors of a model; empty if none did. */
  Optional<String> reference(String name, String numerics) throws IOException {
    return seen(name).stream()
        .filter(seen -> seen.numerics().equals(numerics))
        .map(Seen::reference)
        .findFirst();
  }

  private void pin(Cid vectors, String numerics, ModelRef ref) throws IOException {
    store.pins().put(vectors, Pin.Kind.PERSISTENT, "numerics " + numerics + " of " + ref);
  }

  private List<Seen> seen(String name) throws IOException {
    List<Seen> all = new ArrayList<>();
    for (Pin pin : store.pins().list()) {
      Matcher why = WHY.matcher(pin.why());
      if (why.matches() && why.group(2).endsWith("#" + name)) {
        all.add(new Seen(pin.cid(), why.group(1), why.group(2)));
      }
    }
    return all;
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
