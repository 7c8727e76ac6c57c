package dev.cairn.io.store.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is none: what an endpoint said in place of what it was asked for.
 *
 * @param status the HTTP status; 200 for an error at the end of a stream that had begun well
 * @param contentType the answer's declared type; empty if it declared none
 * @param text the answer's first bytes as text, or the stream's error: without secrets, and of at
 *     most {@link HttpTier#MAX_ERROR_BYTES}
 * @param call what was asked, as messages begin: {@code Cannot ask http://host:5001: block/get CID}
 */
public record HttpFailure(int status, String contentType, String text, String call) {

  /** Knows a protocol's own errors. */
  @FunctionalInterface
  public interface Rule {
    /** The error to throw; null for what HTTP alone says of it. */
    @Nullable IOException of(HttpFailure failure);
  }
}
