package dev.cairn.pipelines.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks the part of the hub's API that scans use, as the hub does: cursors in Link
 * headers, {@code expand}, filters, quota headers, tokens, and failures where a test wants them.
 */
final class LocalHub implements AutoCloseable {
  /** What goes wrong with a request. */
  enum Fault {
    NONE,
    ERROR,
    TIMEOUT,
    BUSY,
    CUT,
    GARBAGE
  }

  static {
    // Else each answer waits 40 ms for an acknowledgement (seen).
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final String[] TASKS = {"fill-mask", "text-generation", "translation"};
  private static final long EPOCH_SECONDS = 1_640_995_200L;
  private static final int MOST = 1000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final AtomicInteger requests = new AtomicInteger();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, List<ObjectNode>> records = new HashMap<>();
  private final Map<String, String> cards = new HashMap<>();
  private volatile IntFunction<Fault> faults = number -> Fault.NONE;
  private volatile String token = "";
  private volatile String quota = "";
  private volatile boolean loops;

  LocalHub(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    records.put("models", new ArrayList<>());
    records.put("datasets", new ArrayList<>());
  }

  /** A hub with generated repositories. */
  static LocalHub of(long seed, int models, int datasets) throws IOException {
    LocalHub hub = new LocalHub(0);
    Random random = new Random(seed);
    for (int i = 0; i < models; i++) {
      hub.add("models", model(random, i));
    }
    for (int i = 0; i < datasets; i++) {
      hub.add("datasets", dataset(random, i));
    }
    return hub;
  }

  /** Runs a hub for other processes: port, seed, models, datasets. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    LocalHub hub = new LocalHub(Integer.parseInt(arguments[0]));
    Random random = new Random(Long.parseLong(arguments[1]));
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      hub.add("models", model(random, i));
    }
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      hub.add("datasets", dataset(random, i));
    }
    System.out.println(hub.endpoint());
    Thread.currentThread().join();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Adds a repository; it has a card unless it is without metadata. */
  void add(String kind, ObjectNode record) {
    records.getOrDefault(kind, List.of()).add(record);
    if (record.has("cardData")) {
      String name = record.path("id").asText();
      card(kind, name, "---\nlicense: mit\n---\n# " + name + "\n\nCard of " + name + ".\n");
    }
  }

  void card(String kind, String name, String text) {
    cards.put((kind.equals("datasets") ? "datasets/" : "") + name, text);
  }

  List<ObjectNode> records(String kind) {
    return records.getOrDefault(kind, List.of());
  }

  void failing(IntFunction<Fault> fault) {
    faults = fault;
  }

  void requiring(String bearer) {
    token = bearer;
  }

  void limiting(String rateLimit) {
    quota = rateLimit;
  }

  /** Every page says that it is followed by itself. */
  void looping() {
    loops = true;
  }

  int requests() {
    return requests.get();
  }

  /** Paths and queries that were answered in full. */
  List<String> asked() {
    return asked;
  }

  static ObjectNode model(Random random, int i) {
    ObjectNode record = record(random, "org" + random.nextInt(1000) + "/model-" + i, i);
    record.put("modelId", record.path("id").asText());
    record.put("pipeline_tag", TASKS[random.nextInt(TASKS.length)]);
    record.put("library_name", "transformers");
    record.putObject("safetensors").put("total", random.nextInt(1 << 30));
    return record;
  }

  static ObjectNode dataset(Random random, int i) {
    ObjectNode record = record(random, "org" + random.nextInt(1000) + "/data-" + i, i);
    record.put("description", "Rows of kind " + random.nextInt(100) + ".");
    return record;
  }

  private static ObjectNode record(Random random, String name, int i) {
    ObjectNode record = JSON.createObjectNode();
    record.put("_id", Long.toHexString(random.nextLong()));
    record.put("id", name);
    record.put("author", name.substring(0, name.indexOf('/')));
    record.put("sha", Long.toHexString(random.nextLong()));
    long created = EPOCH_SECONDS + i * 60L;
    record.put("createdAt", time(created));
    record.put("lastModified", time(created + random.nextInt(100_000_000)));
    record.put("private", false);
    record.put("gated", false);
    record.put("disabled", false);
    record.put("downloads", random.nextInt(1_000_000));
    record.put("downloadsAllTime", 1_000_000 + random.nextInt(1_000_000));
    record.put("likes", random.nextInt(1000));
    record.put("trendingScore", random.nextInt(10));
    ArrayNode tags = record.putArray("tags");
    tags.add("pytorch").add("region:us").add("license:mit").add("tag-" + random.nextInt(20));
    if (random.nextInt(4) > 0) {
      ObjectNode card = record.putObject("cardData");
      card.put("license", "mit");
      card.putArray("language").add("en").add("de");
      card.putArray("widget").addObject().put("text", "Says nothing ".repeat(random.nextInt(20)));
    }
    return record;
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString().replace("Z", ".000Z");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Fault fault = faults.apply(requests.getAndIncrement());
      if (!quota.isEmpty()) {
        exchange.getResponseHeaders().set("RateLimit", quota);
      }
      String sent = exchange.getRequestHeaders().getFirst("Authorization");
      if (!token.isEmpty() && !("Bearer " + token).equals(sent)) {
        send(exchange, 401, "{\"error\":\"Invalid credentials\"}", Fault.NONE);
        return;
      }
      switch (fault) {
        case ERROR -> send(exchange, 500, "oops", fault);
        case TIMEOUT -> send(exchange, 504, "<html>Gateway Time-out</html>", fault);
        case BUSY -> {
          exchange.getResponseHeaders().set("Retry-After", "0");
          send(exchange, 429, "slow down", fault);
        }
        case GARBAGE -> send(exchange, 200, "<html>maintenance</html>", fault);
        default -> serve(exchange, fault);
      }
    }
  }

  private void serve(HttpExchange exchange, Fault fault) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String raw = exchange.getRequestURI().getRawQuery();
    if (path.startsWith("/api/")) {
      String kind = path.substring("/api/".length());
      if (records.containsKey(kind)) {
        String page = page(exchange, kind, raw == null ? "" : raw);
        send(exchange, 200, page, fault);
        return;
      }
    }
    int raws = path.indexOf("/raw/");
    String card = raws < 0 ? null : cards.get(path.substring(1, raws));
    send(exchange, card == null ? 404 : 200, card == null ? "Entry not found" : card, fault);
  }

  private String page(HttpExchange exchange, String kind, String query)
      throws JsonProcessingException {
    Map<String, List<String>> parameters = parameters(query);
    String sort = first(parameters, "sort", "createdAt");
    int limit = Math.min(MOST, Integer.parseInt(first(parameters, "limit", "1000")));
    Comparator<ObjectNode> order =
        Comparator.comparing((ObjectNode r) -> r.path(sort).asText() + " " + r.path("id").asText())
            .reversed();
    String cursor = first(parameters, "cursor", "");
    String after = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    List<ObjectNode> found =
        records(kind).stream()
            .filter(r -> isWanted(r, parameters))
            .filter(r -> after.isEmpty() || key(r, sort).compareTo(after) < 0)
            .sorted(order)
            .limit(limit + 1L)
            .toList();
    List<ObjectNode> shown = found.subList(0, Math.min(limit, found.size()));
    if (found.size() > limit) {
      String last = loops ? after : key(shown.get(shown.size() - 1), sort);
      String next = Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
      String rest = query.replaceAll("(^|&)cursor=[^&]*", "");
      exchange
          .getResponseHeaders()
          .set(
              "Link",
              "<https://hub.example/api/"
                  + kind
                  + "?"
                  + rest
                  + "&cursor="
                  + next.replace("=", "%3D")
                  + ">; rel=\"next\"");
    }
    Set<String> fields = new HashSet<>(parameters.getOrDefault("expand", List.of()));
    fields.addAll(List.of("_id", "id", "modelId"));
    ArrayNode page = JSON.createArrayNode();
    shown.forEach(record -> page.add(record.deepCopy().retain(fields)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(page);
  }

  private static String key(ObjectNode record, String sort) {
    return record.path(sort).asText() + " " + record.path("id").asText();
  }

  private static boolean isWanted(ObjectNode record, Map<String, List<String>> parameters) {
    String author = first(parameters, "author", "");
    String search = first(parameters, "search", "");
    Set<String> tags = new HashSet<>();
    record.path("tags").forEach(tag -> tags.add(tag.asText()));
    return (author.isEmpty() || author.equals(record.path("author").asText()))
        && record.path("id").asText().contains(search)
        && tags.containsAll(parameters.getOrDefault("filter", List.of()));
  }

  private static String first(Map<String, List<String>> all, String name, String standard) {
    return all.getOrDefault(name, List.of(standard)).get(0);
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        parameters.computeIfAbsent(pair.substring(0, equals), n -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private void send(HttpExchange exchange, int status, String text, Fault fault)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    @Nullable OutputStream body = exchange.getResponseBody();
    if (fault == Fault.CUT) {
      body.write(bytes, 0, bytes.length / 2);
      body.flush();
      return;
    }
    if (bytes.length > 0) {
      body.write(bytes);
    }
    if (status == 200 && fault == Fault.NONE) {
      asked.add(String.valueOf(exchange.getRequestURI()));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
