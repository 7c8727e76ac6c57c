package dev.cairn.pipelines.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.Notes;
import dev.cairn.transforms.hub.HubKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans as processes that are killed at seeded moments and started again. */
class ScanKillTest {
  private static final int KILLS = Integer.getInteger("cairn.scan.kills", 4);
  private static final int RECORDS = 6000;

  @TempDir private Path temp;

  /** One scan with cards: endpoint, home. Prints the dataset's CID. */
  public static void main(String[] arguments) throws IOException {
    ScanConfig config =
        new ScanConfig(
            new HubQuery(List.of(HubKind.MODEL), null, null, List.of(), null),
            Boolean.parseBoolean(arguments[2]),
            null,
            Endpoint.parse(arguments[0]),
            Credentials.none(),
            1000,
            new Retries(3, Duration.ofSeconds(10), Duration.ofMillis(10)),
            ScanConfig.NAME,
            StorePolicy.local(Path.of(arguments[1]), "test"));
    System.out.println(new ScanRun(config, new Notes(), EmbedRun.newName()).run().dataset());
  }

  private Process start(LocalHub hub, String home, boolean cards) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            ScanKillTest.class.getName(),
            hub.endpoint(),
            temp.resolve(home).toString(),
            String.valueOf(cards))
        .redirectOutput(temp.resolve("out").toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private String finish(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor()).isZero();
    return Files.readString(temp.resolve("out")).strip();
  }

  @Test
  void aKilledScanGoesOnWithoutAGapOrADuplicate() throws Exception {
    try (LocalHub hub = LocalHub.of(21, RECORDS, 0)) {
      String expected = finish(start(hub, "whole", false));
      int whole = hub.requests();
      Random random = new Random(22);
      for (int kill = 0; kill < KILLS; kill++) {
        String home = "killed" + kill;
        int last = hub.requests() + 1 + random.nextInt(whole);
        int millis = random.nextInt(200);
        int before = hub.asked().size();
        Process process = start(hub, home, false);
        while (process.isAlive() && hub.requests() < last) {
          TimeUnit.MILLISECONDS.sleep(1);
        }
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        assertThat(finish(start(hub, home, false))).isEqualTo(expected);
        List<String> asked = hub.asked().subList(before, hub.asked().size());
        // The page on its way when the process died is asked for again, or all if it had committed.
        assertThat(asked.size() - new HashSet<>(asked).size()).isIn(0, 1, whole);
      }
    }
  }

  @Test
  void aKilledScanAsksForFewCardsAgain() throws Exception {
    int records = 3000;
    try (LocalHub hub = LocalHub.of(23, records, 0)) {
      Process process = start(hub, "home", true);
      while (process.isAlive() && hub.requests() < records / 2) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      process.destroyForcibly().waitFor();
      String resumed = finish(start(hub, "home", true));
      assertThat(hub.requests()).isLessThan(records * 3 / 2);
      assertThat(finish(start(hub, "fresh", true))).isEqualTo(resumed);
    }
  }
}
