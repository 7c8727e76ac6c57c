package dev.cairn.io.store.kubo;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Multibase;
import dev.cairn.io.store.http.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kubo node without a network, in a folder of its own: started before a class's tests,
 * killed and removed after them. RPC and gateway listen on free ports of 127.0.0.1, the same after
 * a restart.
 *
 * <pre>{@code
 * @RegisterExtension static final RealKubo KUBO = new RealKubo();
 * }</pre>
 *
 * <p>The binary is the one that {@code tools/kubo} prints. Where there is none the tests are
 * skipped, or fail if the environment says {@code CAIRN_KUBO_REQUIRED=true}.
 */
public final class RealKubo implements BeforeAllCallback, AfterAllCallback {
  private static final String TOOL = "cairn.kubo.tool";
  private static final String REQUIRED = "CAIRN_KUBO_REQUIRED";

  private Path binary = Path.of("ipfs");
  private @Nullable Path folder;
  private int depth;
  private @Nullable Process daemon;
  private @Nullable Thread killer;

  /** Called for nested classes too, which share the node. */
  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (depth++ == 0) {
      start();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (--depth == 0) {
      close();
    }
  }

  /** Makes the node and starts it; for use without JUnit. */
  public void start() throws IOException {
    binary = binary();
    folder = Files.createTempDirectory("cairn-kubo-");
    killer = new Thread(this::killNow);
    Runtime.getRuntime().addShutdownHook(killer);
    ipfs("init", "--empty-repo", "--profile=test");
    ipfs("config", "profile", "apply", "unixfs-v1-2025");
    ipfs("config", "Routing.Type", "none");
    ipfs("config", "Addresses.API", "/ip4/127.0.0.1/tcp/0");
    ipfs("config", "Addresses.Gateway", "/ip4/127.0.0.1/tcp/0");
    startDaemon();
    String api = Files.readString(repo().resolve("api")).strip();
    String gateway = gateway().toString().replace("http://127.0.0.1:", "/ip4/127.0.0.1/tcp/");
    ipfs("config", "Addresses.API", api);
    ipfs("config", "Addresses.Gateway", gateway);
  }

  /** Kills the daemon, as {@code kill -9} does. */
  public void kill() {
    killNow();
  }

  private void killNow() {
    Process running = daemon;
    if (running != null) {
      running.destroyForcibly().onExit().join();
      daemon = null;
    }
  }

  /** Starts the daemon again after {@link #kill}, where it was. */
  public void restart() throws IOException {
    kill();
    Files.deleteIfExists(repo().resolve("api"));
    Files.deleteIfExists(repo().resolve("gateway"));
    startDaemon();
  }

  /** Kills the daemon and removes all that it left. */
  public void close() throws IOException {
    kill();
    if (killer != null) {
      Runtime.getRuntime().removeShutdownHook(killer);
      killer = null;
    }
    Path made = folder;
    if (made == null) {
      return;
    }
    folder = null;
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Seconds of processor that the daemon has taken. */
  public double cpuSeconds() {
    Process running = daemon;
    return running == null
        ? 0
        : running.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
  }

  /** Where the RPC listens. */
  public Endpoint api() throws IOException {
    return Endpoint.parse(Files.readString(repo().resolve("api")));
  }

  /** Where the gateway listens. */
  public Endpoint gateway() throws IOException {
    return Endpoint.parse(Files.readString(repo().resolve("gateway")));
  }

  /** The node's repository. */
  public Path repo() {
    return made().resolve("repo");
  }

  private Path made() {
    return Objects.requireNonNull(folder, "the node was not started");
  }

  /** A client of this node with standard settings; whoever asks for it closes it. */
  public KuboClient client() throws IOException {
    return KuboClient.builder(api()).build();
  }

  /** The blocks of this node; whoever asks for them closes them. */
  public KuboStore store() throws IOException {
    return new KuboStore(client());
  }

  /** Adds a file or folder as {@code ipfs add -r} does, with options before it. */
  public Cid add(Path path, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("add", "-r", "-Q", "--hidden"));
    words.addAll(List.of(options));
    words.add(path.toString());
    return Cid.parse(ipfs(words.toArray(String[]::new)));
  }

  /** The file of a sha2-256 block on this node's disk. */
  public Path blockFile(Cid cid) {
    byte[] multihash = Cid.v0(cid.multihash()).toBytes();
    String key = Multibase.BASE32.encode(multihash).substring(1).toUpperCase(Locale.ROOT);
    String shard = key.substring(key.length() - 3, key.length() - 1);
    return repo().resolve("blocks").resolve(shard).resolve(key + ".data");
  }

  /** Flips the first bit of a block on this node's disk. */
  public void flip(Cid cid) throws IOException {
    Path file = blockFile(cid);
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
  }

  /**
   * Runs a command of {@code ipfs}, which asks the daemon if it runs, and returns its output
   * without surrounding space.
   */
  public String ipfs(String... words) throws IOException {
    Path errors = Files.createTempFile(made(), "errors", "");
    Process process = process(words).redirectError(errors.toFile()).start();
    try {
      process.getOutputStream().close();
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.onExit().join().exitValue();
      if (code != 0) {
        throw new IOException(
            "Cannot run ipfs " + String.join(" ", words) + ": " + Files.readString(errors));
      }
      return out;
    } finally {
      process.destroyForcibly();
      Files.delete(errors);
    }
  }

  private void startDaemon() throws IOException {
    Process started = process("daemon", "--offline").redirectErrorStream(true).start();
    daemon = started;
    BufferedReader out =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder told = new StringBuilder();
    String line = out.readLine();
    while (line != null && !line.contains("Daemon is ready")) {
      told.append(line).append('\n');
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("Cannot start Kubo: " + told);
    }
    Thread drain = new Thread(() -> drain(out), "kubo-out");
    drain.setDaemon(true);
    drain.start();
  }

  private static void drain(BufferedReader out) {
    try (out) {
      while (out.readLine() != null) {
        // Nobody wants it, but a full pipe would stop the daemon.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder process(String... words) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(words));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("IPFS_PATH", repo().toString());
    process.environment().put("IPFS_TELEMETRY", "off");
    return process;
  }

  private static Path binary() throws IOException {
    String tool = System.getProperty(TOOL);
    Path script = tool == null ? searchUpwards() : Path.of(tool);
    Process process =
        new ProcessBuilder(script.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    String path =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = process.onExit().join().exitValue();
    if (code != 0 || path.isEmpty()) {
      String why = "No Kubo here: " + script + " ends with " + code;
      if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
        throw new IOException(why + " (" + REQUIRED + " is set)");
      }
      Assumptions.abort(why + "; tests against a real node are skipped");
    }
    return Path.of(path);
  }

  private static Path searchUpwards() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path script = at.resolve("tools").resolve("kubo");
      if (Files.isExecutable(script)) {
        return script;
      }
    }
    throw new IOException("Cannot find tools/kubo: set " + TOOL);
  }
}
