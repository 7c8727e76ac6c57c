package dev.cairn.io.store.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * An answer that has begun, with its body still to come. Not thread-safe, but closing it from
 * another thread ends a read. Closing it before its end cancels the call.
 */
public final class HttpReply implements Closeable {
  private final Failures failures;
  private final HttpCall asked;
  private final Call call;
  private final Response response;

  /** Held while the body is read: OkHttp's streams do not bear to be closed meanwhile. */
  private final Object reading = new Object();

  private volatile boolean ended;

  HttpReply(Failures failures, HttpCall asked, Call call, Response response) {
    this.failures = failures;
    this.asked = asked;
    this.call = call;
    this.response = response;
  }

  /** A header's value; empty if it is not there. */
  public String header(String name) {
    String value = response.header(name);
    return value == null ? "" : value;
  }

  /**
   * The body as it comes. Its end is an exception where the connection broke or a trailer tells of
   * an error; that there is none proves nothing about the content. Closing it closes this.
   */
  public InputStream body() {
    return new Body();
  }

  /**
   * The whole body.
   *
   * @param limit bytes at most; nothing beyond is read
   * @throws TooLongException if there are more
   */
  public byte[] bytes(int limit) throws IOException {
    BufferedSource source = response.body().source();
    byte[] bytes;
    try {
      if (source.request(limit + 1L)) {
        throw new TooLongException("Cannot read answer: " + what() + " (at most " + limit + ")");
      }
      bytes = source.readByteArray();
    } catch (IOException e) {
      throw translated(e);
    }
    end();
    return bytes;
  }

  /** What was asked of whom, for messages. */
  public String what() {
    return failures.what(asked);
  }

  private void end() throws IOException {
    ended = true;
    Headers trailers;
    try {
      trailers = response.trailers();
    } catch (IOException e) {
      throw translated(e);
    }
    failures.checkTrailers(asked, response.code(), trailers);
  }

  private IOException translated(IOException e) {
    return failures.ofConnection(asked, call, e, true);
  }

  @Override
  public void close() {
    if (!ended) {
      // Ends a read of another thread, which lets go of the body then.
      call.cancel();
    }
    synchronized (reading) {
      response.close();
    }
  }

  private final class Body extends InputStream {
    private final InputStream in = response.body().byteStream();

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (ended) {
        return -1;
      }
      synchronized (reading) {
        int count;
        try {
          count = in.read(bytes, offset, length);
        } catch (IOException e) {
          throw translated(e);
        }
        if (count < 0) {
          end();
        }
        return count;
      }
    }

    @Override
    public void close() {
      HttpReply.this.close();
    }
  }
}
