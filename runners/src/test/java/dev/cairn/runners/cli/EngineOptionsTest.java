package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.pipelines.Sharing;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EngineOptionsTest {
  private static final StorePolicy LOCAL = StorePolicy.local(Path.of("home"), "no node answers");

  private static EngineOptions options(String... words) {
    EngineOptions options = new EngineOptions();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
    return options;
  }

  @Test
  void whatIsSharedFollowsFromTheAddress() {
    assertThat(options().sharing(LOCAL)).isEqualTo(Sharing.FILES);
    assertThat(options("--runner", "flink", "--flink-master", "127.0.0.1:1").sharing(LOCAL))
        .isEqualTo(Sharing.FILES);
    assertThat(options("--runner", "flink", "--flink-master", "192.0.2.1:1").sharing(LOCAL))
        .isEqualTo(Sharing.FOLDER);
  }

  @Test
  void aNodeThatIsToBeSharedAndIsNotIsAMatterOfUsage() {
    EngineOptions node =
        options("--runner", "flink", "--flink-master", "127.0.0.1:1", "--shared-store", "kubo");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> node.sharing(LOCAL))
        .withMessage("Cannot use --shared-store kubo: no node (no node answers)");
  }
}
