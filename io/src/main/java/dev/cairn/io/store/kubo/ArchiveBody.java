package dev.cairn.io.store.kubo;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** An archive that is written as it is sent. */
final class ArchiveBody extends RequestBody {
  static final MediaType CAR = MediaType.get("application/vnd.ipld.car");

  private final KuboClient.Archive archive;
  private volatile @Nullable IOException failure;

  ArchiveBody(KuboClient.Archive archive) {
    this.archive = archive;
  }

  /** What the archive's writer threw by itself; null if the sending failed, or nothing did. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public MediaType contentType() {
    return CAR;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    SentStream out = new SentStream(sink.outputStream());
    try {
      archive.writeTo(out);
    } catch (IOException e) {
      if (!out.isBroken()) {
        failure = e;
      }
      throw e;
    }
  }
}
