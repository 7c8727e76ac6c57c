package dev.cairn.models.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.io.block.Waits;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.HttpTier;
import dev.cairn.models.RemotePlace;
import dev.cairn.models.embed.Futures;
import dev.cairn.models.embed.NumericsProbe;
import dev.failsafe.RateLimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to a model over HTTP: {@code POST {"model": ..., "input": [...], "encoding_format":
 * "float"}} as OpenAI describes it ("Create embeddings"). What is refused for its size is asked in
 * halves. Vectors are brought to norm 1. Safe for use by several threads.
 *
 * <p>All methods that ask throw {@link dev.cairn.io.store.http.UnavailableException} if the
 * endpoint gives no answer while there is patience, {@link
 * dev.cairn.io.store.http.CredentialsException} if it wants another token, and {@link
 * BadAnswerException} if its answer is not one vector of the model's dimension for each text.
 */
public final class RemoteModel implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteModel.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of any model, by far. */
  private static final int MAX_DIMENSION = 65_536;

  /** Bytes of a number in JSON at most, with what is around it. */
  private static final int NUMBER_BYTES = 32;

  private static final int FRAME_BYTES = 1 << 20;
  private static final int MAX_ANSWER_BYTES = 256 << 20;

  private final RemotePlace place;
  private final HttpTier http;
  private final @Nullable RateLimiter<Object> quota;

  private RemoteModel(RemotePlace place, HttpTier http, int tokensPerMinute) {
    this.place = place;
    this.http = http;
    this.quota =
        tokensPerMinute == 0
            ? null
            : RateLimiter.smoothBuilder(tokensPerMinute, Duration.ofMinutes(1)).build();
  }

  /**
   * A model, not asked yet, with the token of this process's environment.
   *
   * @throws dev.cairn.models.UnsupportedModelException if that is none
   */
  public static RemoteModel of(RemotePlace place, RemoteLimits limits) throws IOException {
    return of(place, limits, RemoteKey.of(System.getenv()));
  }

  static RemoteModel of(RemotePlace place, RemoteLimits limits, Credentials key) {
    return new RemoteModel(
        place,
        HttpTier.builder(place.endpoint())
            .credentials(key)
            .retries(limits.retries())
            .timeouts(limits.timeouts())
            .failures(TooMuchException::of)
            .listener(LOG::info)
            .build(),
        limits.tokensPerMinute());
  }

  /**
   * The vectors of {@link NumericsProbe#TEXTS}: what tells models of one name apart. They count for
   * no quota.
   */
  public List<float[]> probe() throws IOException {
    List<RemoteJob> jobs =
        NumericsProbe.TEXTS.stream()
            .map(text -> new RemoteJob(text, 0, new CompletableFuture<>()))
            .toList();
    embed(jobs, 0);
    List<float[]> vectors;
    try {
      vectors = jobs.stream().map(job -> Futures.get(job.vector())).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    int dimension = vectors.get(0).length;
    for (float[] vector : vectors) {
      if (vector.length != dimension) {
        throw bad("vectors of " + dimension + " and " + vector.length + " floats", "equal", null);
      }
    }
    return vectors;
  }

  /**
   * Completes the vectors of texts, within the quota. What is too much at once is asked in halves,
   * down to the one text that is refused. After an exception some may not be complete.
   *
   * @param dimension of each, or 0 for any
   */
  void embed(List<RemoteJob> jobs, int dimension) throws IOException {
    await(jobs.stream().mapToInt(RemoteJob::tokens).sum());
    try {
      List<float[]> vectors = ask(jobs.stream().map(RemoteJob::text).toList(), dimension);
      for (int i = 0; i < vectors.size(); i++) {
        jobs.get(i).vector().complete(vectors.get(i));
      }
    } catch (TooMuchException e) {
      if (jobs.size() == 1) {
        jobs.get(0).vector().completeExceptionally(e);
      } else {
        embed(jobs.subList(0, jobs.size() / 2), dimension);
        embed(jobs.subList(jobs.size() / 2, jobs.size()), dimension);
      }
    }
  }

  private void await(int tokens) throws IOException {
    if (quota != null && tokens > 0) {
      try {
        quota.acquirePermits(tokens);
      } catch (InterruptedException e) {
        throw Waits.interrupted("waiting for the quota of " + place.model(), e);
      }
    }
  }

  /**
   * One request.
   *
   * @param dimension of each vector, or 0 for any
   */
  List<float[]> ask(List<String> texts, int dimension) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", place.model());
    body.put("input", texts);
    body.put("encoding_format", "float");
    String subject = texts.size() + " vectors of " + place.model();
    HttpCall call = HttpCall.post(place.path(), subject).json(JSON.writeValueAsBytes(body));
    long most = FRAME_BYTES + (long) texts.size() * most(dimension) * NUMBER_BYTES;
    return http.ask(
        call,
        reply ->
            vectors(reply.bytes((int) Math.min(most, MAX_ANSWER_BYTES)), texts.size(), dimension));
  }

  private static int most(int dimension) {
    return dimension == 0 ? MAX_DIMENSION : dimension;
  }

  private List<float[]> vectors(byte[] answer, int texts, int dimension) throws IOException {
    JsonNode data;
    try {
      data = JSON.readTree(answer).path("data");
    } catch (JsonProcessingException e) {
      throw bad("an answer that is no JSON", "{\"data\": [...]}", e);
    }
    if (!data.isArray() || data.size() != texts) {
      throw bad(data.size() + " vectors for " + texts + " texts", "one each", null);
    }
    float[][] vectors = new float[texts][];
    for (int i = 0; i < texts; i++) {
      JsonNode one = data.get(i);
      int index = one.path("index").asInt(i);
      if (index < 0 || index >= texts || vectors[index] != null) {
        throw bad("a vector of index " + index, "0 to " + (texts - 1) + ", each once", null);
      }
      vectors[index] = vector(one.path("embedding"), dimension);
    }
    return List.of(vectors);
  }

  private float[] vector(JsonNode embedding, int dimension) throws BadAnswerException {
    int found = embedding.size();
    boolean fits = dimension == 0 ? found > 0 && found <= MAX_DIMENSION : found == dimension;
    if (!embedding.isArray() || !fits) {
      throw bad("a vector of " + found + " floats", dimension == 0 ? "some" : "" + dimension, null);
    }
    double squares = 0;
    for (JsonNode number : embedding) {
      if (!number.isNumber()) {
        throw bad("a vector with " + number, "numbers", null);
      }
      squares += number.doubleValue() * number.doubleValue();
    }
    double norm = Math.sqrt(squares);
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw bad("a vector of length " + norm, "finite and above 0", null);
    }
    float[] vector = new float[found];
    for (int i = 0; i < found; i++) {
      vector[i] = (float) (embedding.get(i).doubleValue() / norm);
    }
    return vector;
  }

  private BadAnswerException bad(String found, String rule, @Nullable Exception cause) {
    return new BadAnswerException(
        "Cannot use answer of "
            + place.model()
            + " at "
            + place.endpoint()
            + ": "
            + found
            + " ("
            + rule
            + ")",
        cause);
  }

  /** Ends running requests. */
  @Override
  public void close() {
    http.close();
  }
}
