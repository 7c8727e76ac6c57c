package dev.cairn.models;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The key under which a machine may remember a model's numerics: equal keys promise equal bits, so
 * that a run with nothing to do loads no model and no native library.
 */
public final class NumericsKey {

  /** Raised whenever the probe texts or our own arithmetic change. */
  private static final int PROBES = 1;

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** What tells kernels apart; clock and load are left out because they change by the second. */
  private static final Set<String> CPU_FIELDS =
      Set.of(
          "vendor_id",
          "cpu family",
          "model",
          "model name",
          "stepping",
          "flags",
          "CPU implementer",
          "CPU architecture",
          "CPU variant",
          "CPU part",
          "CPU revision",
          "Features");

  private NumericsKey() {}

  /**
   * A digest, in lower-case hex, of the model's bytes, the versions of DJL, ONNX Runtime and the
   * tokenizers, the CPU's model and flags, and the architecture. Empty where that cannot be told
   * (no {@code /proc/cpuinfo}, or a native library given by a system property): then nothing may be
   * remembered.
   *
   * @throws IOException if a library's description cannot be read
   */
  public static Optional<String> of(ModelSpec spec) throws IOException {
    Optional<String> runtime = onnxRuntime();
    if (runtime.isEmpty() || !Files.isReadable(CPU_INFO)) {
      return Optional.empty();
    }
    MessageDigest digest = Sha256.digest();
    add(digest, "probes", Integer.toString(PROBES));
    add(digest, "weights", spec.weights());
    add(digest, "tokenizer", spec.tokenizer());
    add(digest, "pooling", spec.pooling() + " " + spec.normalization());
    add(digest, "djl", property("ai/djl/engine/api.properties", "djl_version"));
    add(digest, "tokenizers", property("native/lib/tokenizers.properties", "version"));
    add(digest, "onnxruntime", runtime.get());
    add(digest, "arch", System.getProperty("os.arch", ""));
    add(digest, "cpu", cpu());
    return Optional.of(Sha256.hex(digest));
  }

  private static void add(MessageDigest digest, String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update((name + " " + bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static String property(String resource, String name) throws IOException {
    try (InputStream in = loader().getResourceAsStream(resource)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      String value = properties.getProperty(name);
      if (value == null) {
        throw new IOException(
            "Cannot tell version of library: " + resource + " (no " + name + " on the class path)");
      }
      return value;
    }
  }

  /**
   * ONNX Runtime has no version that can be asked without loading it, and manifests get lost in fat
   * jars: the checksum and size of its native library in the jar's directory name it exactly.
   */
  private static Optional<String> onnxRuntime() throws IOException {
    boolean overridden =
        System.getProperties().stringPropertyNames().stream()
            .anyMatch(name -> name.startsWith("onnxruntime.native."));
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String folder = arch.equals("aarch64") ? "linux-aarch64" : "linux-x64";
    URL library = loader().getResource("ai/onnxruntime/native/" + folder + "/libonnxruntime.so");
    if (overridden || library == null) {
      return Optional.empty();
    }
    URLConnection connection = library.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      return Optional.empty();
    }
    return Optional.of(
        jar.getJarEntry().getName()
            + " "
            + jar.getJarEntry().getSize()
            + " "
            + jar.getJarEntry().getCrc());
  }

  private static String cpu() throws IOException {
    TreeMap<String, String> fields = new TreeMap<>();
    for (String line : Files.readAllLines(CPU_INFO, StandardCharsets.UTF_8)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      if (CPU_FIELDS.contains(name)) {
        fields.putIfAbsent(name, line.substring(colon + 1).strip());
      }
    }
    return fields.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static ClassLoader loader() {
    return NumericsKey.class.getClassLoader();
  }
}
