package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.beam.IpfsIO;
import dev.cairn.io.beam.IpfsOptions;
import dev.cairn.io.store.kubo.RealKubo;
import dev.cairn.io.store.tier.StoreSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.apache.flink.api.common.Plan;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.FlinkPipelineTranslationUtil;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a node wants to see stays in the environment or file that it came from: commands of their
 * own, beside a node that wants it, with every log line that there is, and then a look at all that
 * they printed and wrote.
 */
class SecretsIT {
  private static final String TOKEN = "t0ken-5f0c1d7a";
  private static final String PASSWORD = "pa55-9e4b62c8";
  private static final String BEARER = "bearer:" + TOKEN;
  private static final String BASIC = "basic:ann:" + PASSWORD;

  /** Each secret, and how it goes over the wire. */
  private static final List<String> SECRETS =
      List.of(
          TOKEN,
          PASSWORD,
          Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));

  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir Path temp;
  private Path home;

  @BeforeAll
  static void wantCredentials() throws IOException {
    KUBO.kill();
    KUBO.ipfs(
        "config",
        "--json",
        "API.Authorizations",
        """
        {"one": {"AuthSecret": "%s", "AllowedPaths": ["/api/v0"]},
         "two": {"AuthSecret": "%s", "AllowedPaths": ["/api/v0"]}}\
        """
            .formatted(BEARER, BASIC));
    KUBO.restart();
  }

  @BeforeEach
  void makeHome() {
    home = temp.resolve("home");
  }

  private void succeeds(Map<String, String> variables, Object... words) throws IOException {
    ends(0, variables, words);
  }

  private String ends(int code, Map<String, String> variables, Object... words) throws IOException {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home, "--store", "auto", "--kubo-api", KUBO.api()));
    TracedCommand.Ended ended = TracedCommand.run(temp, variables, all);
    assertThat(ended.code()).as("%s: %s", Arrays.toString(words), ended.said()).isEqualTo(code);
    assertThat(ended.said()).doesNotContain(SECRETS);
    return ended.said();
  }

  private void nothingIsWritten() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(SECRETS);
      }
    }
  }

  @Test
  void commandsWithATokenInTheEnvironmentKeepItToThemselves() throws IOException {
    Map<String, String> token = Map.of("CAIRN_KUBO_AUTH", BEARER);
    Path input = SmallInput.write(temp.resolve("input"), 3);
    succeeds(token, "embed", "caselaw", "--input", input, "--runner", "flink");
    succeeds(token, "status");
    succeeds(token, "publish", "caselaw");
    succeeds(token, "sync", "--verify");
    KUBO.kill();
    ends(10, token, "add", Files.writeString(temp.resolve("queued"), "queued"));
    KUBO.restart();
    assertThat(home.resolve("outbox")).isNotEmptyDirectory();
    nothingIsWritten();
  }

  @Test
  void commandsWithAPasswordInAFileKeepItThere() throws IOException {
    Path file = Files.writeString(Files.createTempFile("cairn-auth", ""), BASIC);
    try {
      Path input = SmallInput.write(temp.resolve("input"), 3);
      Object[] embed = {"embed", "caselaw", "--input", input, "--kubo-auth-file", file};
      succeeds(Map.of(), embed);
      succeeds(Map.of("CAIRN_KUBO_AUTH_FILE", file.toString()), "status", "--json");
      nothingIsWritten();
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void credentialsThatTheNodeRefusesOrNobodyCanReadAreNotRepeated() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "content");
    Map<String, String> other = Map.of("CAIRN_KUBO_AUTH", "bearer:other-" + TOKEN);
    assertThat(ends(ExitCode.STORAGE, other, "add", file)).contains("HTTP 403");
    Map<String, String> bare = Map.of("CAIRN_KUBO_AUTH", TOKEN);
    assertThat(ends(ExitCode.USAGE, bare, "add", file)).contains("bearer:TOKEN");
    nothingIsWritten();
  }

  /** The program of somebody else, which reads by the class path alone. */
  @Test
  void optionsAndJobGraphNameTheFileAlone() throws Exception {
    Path file = Files.writeString(temp.resolve("auth"), BEARER);
    FlinkPipelineOptions options = PipelineOptionsFactory.create().as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.as(IpfsOptions.class).setCairnHome(temp.resolve("elsewhere").toString());
    options.as(IpfsOptions.class).setCairnStore(StoreSettings.Choice.AUTO);
    options.as(IpfsOptions.class).setKuboApi(KUBO.api().toString());
    options.as(IpfsOptions.class).setKuboAuthFile(file.toString());
    Path folder = Files.createDirectory(temp.resolve("folder"));
    Files.writeString(folder.resolve("lines.txt"), "a line\n");
    succeeds(Map.of("CAIRN_KUBO_AUTH", BEARER), "add", folder);
    JsonNode hashed = Cli.bare("add", folder, "--only-hash", "--json").object();
    String root = "ipfs://" + hashed.path("cid").asText();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(TextIO.read().from(root + "/lines.txt"))
        .apply(TextIO.write().to(temp.resolve("out").toString()).withoutSharding());
    pipeline.apply(IpfsIO.read().from(root));
    List<String> dumps =
        List.of(
            options.toString(),
            new ObjectMapper()
                .registerModules(ObjectMapper.findModules(getClass().getClassLoader()))
                .writeValueAsString(options),
            PipelineTranslation.toProto(pipeline).toString(),
            jobGraph(options, pipeline));
    for (String dump : dumps) {
      assertThat(dump).doesNotContain(SECRETS);
    }
    assertThat(dumps.get(1)).contains(file.toString());
    assertThat(dumps.get(3)).contains(file.toString());
    pipeline.run().waitUntilFinish();
    assertThat(temp.resolve("out")).hasContent("a line");
  }

  /** What the Flink client sends to a cluster, by the API that Beam's batch jobs use. */
  @SuppressWarnings("deprecation")
  private static String jobGraph(FlinkPipelineOptions options, Pipeline pipeline)
      throws ReflectiveOperationException, IOException {
    // Beam shows the translated job to its own tests alone.
    Class<?> type =
        Class.forName("org.apache.beam.runners.flink.FlinkPipelineExecutionEnvironment");
    Constructor<?> constructor = type.getDeclaredConstructor(FlinkPipelineOptions.class);
    constructor.setAccessible(true);
    Object translation = constructor.newInstance(options);
    Method translate = type.getDeclaredMethod("translate", Pipeline.class);
    translate.setAccessible(true);
    translate.invoke(translation, pipeline);
    Method environment = type.getDeclaredMethod("getBatchExecutionEnvironment");
    environment.setAccessible(true);
    Plan plan = ((ExecutionEnvironment) environment.invoke(translation)).createProgramPlan();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(
          FlinkPipelineTranslationUtil.getJobGraph(
              SecretsIT.class.getClassLoader(), plan, new Configuration(), 1));
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
