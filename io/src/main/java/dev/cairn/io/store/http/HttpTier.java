package dev.cairn.io.store.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint over HTTP. Every call ends within its {@link Timeouts}, in an answer or in one of:
 *
 * <ul>
 *   <li>{@link UnavailableException}: not now, perhaps elsewhere;
 *   <li>{@link CredentialsException}, {@link BadAnswerException} and other {@link
 *       RefusedException}s: not this way, nowhere;
 *   <li>{@link InterruptedIOException}: the thread was interrupted, which ends any wait at once;
 *   <li>whatever the endpoint's own {@link HttpFailure.Rule} makes of a failure.
 * </ul>
 *
 * <p>What may be repeated is, as {@link Retries} say. Redirects are not followed, unless an {@link
 * Egress} says where they may lead; credentials go to the endpoint alone. No answer is decompressed
 * or kept. Memory: some buffers a call, headers of at most 256 KiB. Safe for use by several
 * threads. Closing ends running calls.
 */
public final class HttpTier implements Closeable {
  /** Bytes that are read of an answer that is an error. */
  public static final int MAX_ERROR_BYTES = 4 << 10;

  /** Redirects of one call at most: a gateway needs one, to a subdomain for the CID. */
  private static final int MAX_REDIRECTS = 5;

  private final Endpoint endpoint;
  private final Credentials credentials;
  private final Failures failures;
  private final Attempts attempts;
  private final Map<HttpCall.Pace, OkHttpClient> clients;
  private final @Nullable Egress egress;

  private HttpTier(Builder builder) {
    this.endpoint = builder.endpoint;
    this.credentials = builder.credentials;
    this.egress = builder.egress;
    this.failures = new Failures(endpoint, credentials, builder.rule);
    this.attempts = new Attempts(builder.retries, failures, builder.listener);
    Timeouts timeouts = builder.timeouts;
    OkHttpClient base =
        new OkHttpClient.Builder()
            .socketFactory(new ChannelSockets((int) timeouts.idle().toMillis()))
            // Silence is watched over by the socket, which several streams cannot share.
            .readTimeout(Duration.ZERO)
            .protocols(List.of(Protocol.HTTP_1_1))
            .dns(egress == null ? Dns.SYSTEM : egress.dns())
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .eventListenerFactory(SentMark::listener)
            .connectTimeout(timeouts.connect())
            .writeTimeout(timeouts.idle())
            .callTimeout(timeouts.total())
            .build();
    this.clients =
        Map.of(
            HttpCall.Pace.COMMAND,
            base,
            HttpCall.Pace.WORK,
            base.newBuilder().readTimeout(timeouts.total()).build(),
            HttpCall.Pace.STREAM,
            base.newBuilder().callTimeout(timeouts.stream()).build());
  }

  /** Begins a description of how to talk to {@code endpoint}. */
  public static Builder builder(Endpoint endpoint) {
    return new Builder(endpoint);
  }

  /** How to talk to an endpoint; what is not said is standard. */
  public static final class Builder {
    private final Endpoint endpoint;
    private Credentials credentials = Credentials.none();
    private Timeouts timeouts = Timeouts.standard();
    private Retries retries = Retries.standard();
    private HttpFailure.Rule rule = failure -> null;
    private Consumer<String> listener = text -> {};
    private @Nullable Egress egress;

    private Builder(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    public Builder credentials(Credentials other) {
      credentials = other;
      return this;
    }

    public Builder timeouts(Timeouts other) {
      timeouts = other;
      return this;
    }

    public Builder retries(Retries other) {
      retries = other;
      return this;
    }

    /** Hears of every failure after which a call is repeated, without secrets. */
    public Builder listener(Consumer<String> other) {
      listener = other;
      return this;
    }

    /** The protocol's own errors. */
    public Builder failures(HttpFailure.Rule other) {
      rule = other;
      return this;
    }

    /** Where redirects and names may lead; without it redirects are not followed. */
    public Builder egress(Egress other) {
      egress = other;
      return this;
    }

    public HttpTier build() {
      return new HttpTier(this);
    }
  }

  /** Reads an answer; what it returns no longer needs the answer to be open. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(HttpReply reply) throws IOException;
  }

  /** The endpoint. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Asks and reads the answer. Both are repeated where the call may be: a broken answer is read
   * again from its beginning, by the same reader.
   */
  public <T> T ask(HttpCall asked, Reader<? extends T> reader) throws IOException {
    return attempts.run(
        asked,
        sent -> {
          try (HttpReply reply = once(asked, sent)) {
            return reader.read(reply);
          }
        });
  }

  /** Asks, and returns once an answer of status 2xx begins; the caller closes it. */
  public HttpReply open(HttpCall asked) throws IOException {
    return attempts.run(asked, sent -> once(asked, sent));
  }

  private HttpReply once(HttpCall asked, SentMark sent) throws IOException {
    OkHttpClient client = client(asked);
    long start = System.nanoTime();
    Request request = request(asked, sent);
    for (int redirects = 0; ; redirects++) {
      Call call = client.newCall(request);
      call.timeout().timeout(left(client, start), TimeUnit.NANOSECONDS);
      Response response = execute(asked, call);
      if (response.isSuccessful()) {
        return new HttpReply(failures, asked, call, response);
      }
      try (response) {
        if (egress == null || !Redirect.is(response)) {
          throw failures.ofAnswer(asked, response);
        }
        request = redirected(asked, response, redirects);
      }
    }
  }

  /** Nanoseconds left of a call's time, which its redirects share. */
  private static long left(OkHttpClient client, long start) {
    long whole = TimeUnit.MILLISECONDS.toNanos(client.callTimeoutMillis());
    return Math.max(1, whole - (System.nanoTime() - start));
  }

  private Response execute(HttpCall asked, Call call) throws IOException {
    try {
      if (egress != null) {
        egress.check(call.request().url());
      }
      return call.execute();
    } catch (IOException e) {
      throw failures.ofConnection(asked, call, e, false);
    }
  }

  /** The request that a redirect asks for; the credentials stay behind. */
  private Request redirected(HttpCall asked, Response response, int before) throws IOException {
    HttpUrl to = Redirect.to(response);
    if (to == null || before == MAX_REDIRECTS) {
      String rule =
          to == null ? "only to http(s), never from https to http" : "at most " + MAX_REDIRECTS;
      throw failures.ofRedirect(asked, response, rule);
    }
    return response.request().newBuilder().url(to).removeHeader("Authorization").build();
  }

  private OkHttpClient client(HttpCall asked) {
    OkHttpClient client = clients.get(asked.pace());
    if (client == null) {
      throw new AssertionError(asked.pace());
    }
    return client;
  }

  private Request request(HttpCall asked, SentMark sent) {
    HttpUrl.Builder url = endpoint.root().newBuilder().addPathSegments(asked.path());
    asked.query().forEach(one -> url.addQueryParameter(one.getKey(), one.getValue()));
    RequestBody body = asked.body();
    if (body != null && !asked.isRepeatable()) {
      body = new OneShotBody(body);
    }
    Request.Builder request =
        new Request.Builder()
            .url(url.build())
            .method(asked.method(), body)
            .header("User-Agent", "cairn")
            .header("Accept-Encoding", "identity")
            .tag(SentMark.class, sent);
    asked.headers().forEach(one -> request.header(one.getKey(), one.getValue()));
    if (!credentials.isNone()) {
      request.header("Authorization", credentials.header());
    }
    return request.build();
  }

  @Override
  public void close() {
    for (OkHttpClient client : clients.values()) {
      client.dispatcher().cancelAll();
      client.connectionPool().evictAll();
    }
  }

  @Override
  public String toString() {
    return "HttpTier[" + endpoint + ", " + credentials + "]";
  }
}
