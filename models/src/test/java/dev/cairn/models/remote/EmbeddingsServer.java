package dev.cairn.models.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.models.embed.Embedder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A server that answers as OpenAI's does, with the vectors of a model of ours, and fails where a
 * test wants it to. On a free port of the loopback address.
 */
public final class EmbeddingsServer implements AutoCloseable {
  /** What the server calls its model. */
  public static final String MODEL = "our-model";

  /** What goes wrong with a request. */
  public enum Fault {
    NONE,
    /** 429, to be asked again in a second. */
    BUSY,
    /** 503. */
    DOWN,
    /** No answer. */
    STALL,
    /** Half of an answer, and the connection ends. */
    CUT,
    /** A vector too few. */
    FEW,
    /** A float too many. */
    WIDE,
    /** A vector of zeros. */
    ZERO,
    /** The same vector twice. */
    TWICE,
    /** No JSON. */
    GARBAGE
  }

  static {
    // Else each answer waits 40 ms for an acknowledgement (seen).
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<List<String>> answered = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Embedder embedder;
  private volatile IntFunction<Fault> faults = number -> Fault.NONE;
  private volatile String token = "";
  private volatile int texts = Integer.MAX_VALUE;
  private volatile String refused = "";
  private volatile float noise;

  /** Starts with the vectors of a model, which stays the caller's. */
  public EmbeddingsServer(Embedder embedder) throws IOException {
    this.embedder = embedder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** The reference of its model. */
  public String reference() {
    return "openai:http://127.0.0.1:" + server.getAddress().getPort() + "#" + MODEL;
  }

  /** From now on another model answers. */
  public void serve(Embedder other) {
    embedder = other;
  }

  /** What goes wrong, by the number of the request from 1 on. */
  public void fail(IntFunction<Fault> by) {
    requests.set(0);
    faults = by;
  }

  /** The token that each request must bring. */
  public void want(String secret) {
    token = secret;
  }

  /** Texts of a request at most; more are refused with 413. */
  public void limit(int most) {
    texts = most;
  }

  /** A request with a text that begins so is refused with 413. */
  public void refuse(String beginning) {
    refused = beginning;
  }

  /** Added to each vector's first float, with another sign from answer to answer. */
  public void shake(float by) {
    noise = by;
  }

  /** The texts of each request that was answered well. */
  public List<List<String>> answered() {
    return answered;
  }

  /** Requests since {@link #fail}, or since the start. */
  public int requests() {
    return requests.get();
  }

  /** Requests at once at most. */
  public int mostAtOnce() {
    return most.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try (exchange) {
      answer(exchange, faults.apply(requests.incrementAndGet()));
    } finally {
      running.decrementAndGet();
    }
  }

  private void answer(HttpExchange exchange, Fault fault) throws IOException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    String brought = exchange.getRequestHeaders().getFirst("Authorization");
    if (!token.isEmpty() && !("Bearer " + token).equals(brought)) {
      send(exchange, 401, "{\"error\": {\"message\": \"wrong key: " + brought + "\"}}");
      return;
    }
    boolean known =
        exchange.getRequestURI().getPath().equals("/v1/embeddings")
            && asked.path("model").asText().equals(MODEL)
            && asked.path("encoding_format").asText().equals("float");
    if (!known) {
      send(exchange, 404, "{\"error\": {\"message\": \"no such model\"}}");
      return;
    }
    boolean refuses = false;
    for (JsonNode text : asked.path("input")) {
      refuses |= !refused.isEmpty() && text.asText().startsWith(refused);
    }
    if (refuses || asked.path("input").size() > texts) {
      send(exchange, 413, "{\"error\": {\"message\": \"batch size\"}}");
      return;
    }
    switch (fault) {
      case BUSY -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        send(exchange, 429, "{\"error\": {\"message\": \"quota\"}}");
      }
      case DOWN -> send(exchange, 503, "overloaded");
      case STALL -> stall();
      case GARBAGE -> send(exchange, 200, "<html>welcome</html>");
      default -> send(exchange, fault, asked);
    }
  }

  private void stall() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, Fault fault, JsonNode asked) throws IOException {
    List<String> input = new ArrayList<>();
    asked.path("input").forEach(text -> input.add(text.asText()));
    List<float[]> vectors = embedder.embed(input);
    ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", MODEL);
    ArrayNode data = answer.putArray("data");
    int count = fault == Fault.FEW ? vectors.size() - 1 : vectors.size();
    float shaken = requests.get() % 2 == 0 ? noise : -noise;
    for (int i = count - 1; i >= 0; i--) { // as they need not be in order
      ObjectNode one = data.addObject().put("object", "embedding");
      one.put("index", fault == Fault.TWICE ? 0 : i);
      ArrayNode embedding = one.putArray("embedding");
      float[] vector = vectors.get(i);
      for (int at = 0; at < vector.length; at++) {
        embedding.add(fault == Fault.ZERO ? 0 : at == 0 ? vector[at] + shaken : vector[at]);
      }
      if (fault == Fault.WIDE) {
        embedding.add(0.5f);
      }
    }
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      if (fault == Fault.CUT) {
        out.write(body, 0, body.length / 2);
        out.flush();
        return; // closing without the rest ends the connection
      }
      out.write(body);
    }
    if (fault == Fault.NONE) {
      answered.add(input);
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Ends at once, also amid answers. */
  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
