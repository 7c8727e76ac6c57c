package dev.cairn.runners.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * No container engine and no Kubernetes runs these files here: they are held against the schema
 * that the Flink Kubernetes operator publishes (its API artifact has the CRDs), and a pod of the
 * CronJob against the pod in there.
 */
class DeployFilesTest {
  private static final Path DIST = Path.of("src/main/dist");
  private static final String CRD = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  @Test
  void theDeploymentIsOneOfTheOperators() throws IOException {
    Map<?, ?> schema = deploymentSchema();
    Map<?, ?> deployment = one("deploy/flink-deployment.yaml");
    assertThat(deployment.get("apiVersion")).isEqualTo("flink.apache.org/v1beta1");
    assertThat(deployment.get("kind")).isEqualTo("FlinkDeployment");
    assertThat(Schema.errors(schema, deployment.get("spec"))).isEmpty();
  }

  @Test
  void theCheckFindsWhatIsWrong() throws IOException {
    Map<?, ?> schema = deploymentSchema();
    assertThat(Schema.errors(schema, Map.of("image", 1, "flinkVersion", "v9", "imag", "x")))
        .hasSize(3);
  }

  @Test
  void theLaunchersPodIsAPod() throws IOException {
    Map<?, ?> cron = all("deploy/nightly.yaml").get(1);
    assertThat(cron.get("kind")).isEqualTo("CronJob");
    Object pod = in(cron, "spec", "jobTemplate", "spec", "template");
    Map<?, ?> podSchema = map(in(deploymentSchema(), "properties", "podTemplate"));
    assertThat(Schema.errors(podSchema, pod)).isEmpty();
  }

  @Test
  void theDeploymentHasTheSettingsOfOurOwnClusters() throws IOException {
    Map<String, String> shared = texts(one("flink/conf/config.yaml"));
    // The operator makes these of the resources.
    String jobManager = shared.remove("jobmanager.memory.process.size");
    String taskManager = shared.remove("taskmanager.memory.process.size");
    Map<?, ?> deployment = one("deploy/flink-deployment.yaml");
    assertThat(texts(map(in(deployment, "spec", "flinkConfiguration"))))
        .containsAllEntriesOf(shared);
    assertThat(in(deployment, "spec", "jobManager", "resource", "memory")).isEqualTo(jobManager);
    assertThat(in(deployment, "spec", "taskManager", "resource", "memory")).isEqualTo(taskManager);
  }

  private static Map<?, ?> deploymentSchema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DeployFilesTest.class.getClassLoader().getResourceAsStream(CRD))) {
      Map<?, ?> crd = map(load().loadFromInputStream(in));
      Map<?, ?> version = map(((List<?>) in(crd, "spec", "versions")).get(0));
      return map(in(version, "schema", "openAPIV3Schema", "properties", "spec"));
    }
  }

  private static Load load() {
    return new Load(LoadSettings.builder().setCodePointLimit(10 << 20).build());
  }

  private static Map<?, ?> one(String file) throws IOException {
    return all(file).get(0);
  }

  private static List<Map<?, ?>> all(String file) throws IOException {
    List<Map<?, ?>> documents = new ArrayList<>();
    for (Object document : load().loadAllFromString(Files.readString(DIST.resolve(file)))) {
      documents.add(map(document));
    }
    return documents;
  }

  private static Object in(Map<?, ?> from, String... path) {
    Object at = from;
    for (String name : path) {
      at = Objects.requireNonNull(map(at).get(name), name);
    }
    return at;
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static Map<String, String> texts(Map<?, ?> map) {
    Map<String, String> texts = new HashMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value).strip()));
    return texts;
  }
}
