package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in and out of the store by the command line. */
class FilesCommandTest {
  @TempDir Path temp;
  private Path folder;
  private Cli cli;

  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectories(temp.resolve("folder"));
    Files.writeString(folder.resolve("a.txt"), "hello");
    Files.writeString(folder.resolve(".hidden"), "not seen");
    cli = new Cli(temp.resolve("home"));
  }

  @Test
  void addsWithACountOfWhatIsNew() throws IOException {
    JsonNode added = cli.run("add", folder, "--json").object();
    assertThat(names(added))
        .containsExactly("cid", "bytes", "files", "blocks", "new_blocks", "delivery");
    assertThat(added.path("files").asInt()).isEqualTo(1);
    assertThat(added.path("new_blocks").asInt()).isEqualTo(2);
    JsonNode again = cli.run("add", folder, "--json").object();
    assertThat(again.path("cid")).isEqualTo(added.path("cid"));
    assertThat(again.path("new_blocks").asInt()).isZero();
    JsonNode hidden = cli.run("add", folder, "--hidden", "--json").object();
    assertThat(hidden.path("files").asInt()).isEqualTo(2);
  }

  @Test
  void addsSeveralPathsALineEach() throws IOException {
    Path file = folder.resolve("a.txt");
    List<JsonNode> added = cli.run("add", folder, file, "--json").objects();
    assertThat(added).hasSize(2);
    assertThat(added.get(1).path("bytes").asInt()).isEqualTo(5);
    assertThat(cli.run("add", file).line())
        .isEqualTo(added.get(1).path("cid").asText() + " " + file);
  }

  @Test
  void storesNothingWhereOnlyTheHashIsAsked() throws IOException {
    JsonNode hashed = cli.run("add", folder, "--only-hash", "--json").object();
    assertThat(temp.resolve("home")).doesNotExist();
    assertThat(hashed.path("new_blocks").asInt()).isZero();
    assertThat(cli.run("add", folder, "--json").object().path("cid")).isEqualTo(hashed.path("cid"));
  }

  @Test
  void pinsWhatIsAddedUnlessToldNotTo() throws IOException {
    assertThat(cli.run("add", folder, "--pin=false").code()).isZero();
    assertThat(cli.run("pins").out()).isEmpty();
    String cid = cli.run("add", folder, "--json").object().path("cid").asText();
    JsonNode pin = cli.run("pins", "--json").object();
    assertThat(pin.path("cid").asText()).isEqualTo(cid);
    assertThat(pin.path("why").asText()).isEqualTo("add folder");
    assertThat(cli.run("unpin", cid).code()).isZero();
    assertThat(cli.run("pins").out()).isEmpty();
    assertThat(cli.run("pin", cid).code()).isZero();
    assertThat(cli.run("pins").out()).contains(cid);
  }

  @Test
  void getsBackWhatWasAdded() throws IOException {
    String cid = cli.run("add", folder, "--json").object().path("cid").asText();
    Path back = temp.resolve("back");
    JsonNode got = cli.run("get", cid, "-o", back, "--json").object();
    assertThat(names(got)).containsExactly("path", "bytes", "files");
    assertThat(back.resolve("a.txt")).hasContent("hello");
    assertThat(back.resolve(".hidden")).doesNotExist();
    JsonNode entry = cli.run("ls", "ipfs://" + cid + "/a.txt", "--json").object();
    assertThat(entry.path("bytes").asInt()).isEqualTo(5);
  }

  @Test
  void tellsTheStoresHealth() throws IOException {
    JsonNode status = cli.run("status", "--json").object();
    assertThat(names(status)).containsExactly("mode", "reason", "tiers", "outbox", "gc");
    assertThat(names(status.path("tiers").get(0)))
        .containsExactlyInAnyOrder("name", "ok", "detail");
    assertThat(temp.resolve("home")).doesNotExist();
  }

  @Test
  void tellsOfADamagedStore() throws IOException {
    String cid = cli.run("add", folder, "--json").object().path("cid").asText();
    Files.writeString(temp.resolve("home/pins").resolve(cid), "damaged");
    Cli.Outcome run = cli.run("status", "--json");
    assertThat(run.code()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(run.object().path("tiers").get(0).path("ok").asBoolean(true)).isFalse();
  }

  @Test
  void collectsWhatNothingPins() throws IOException {
    String cid = cli.run("add", folder, "--json").object().path("cid").asText();
    assertThat(cli.run("gc", "--json").object().path("removed_blocks").asInt()).isZero();
    assertThat(cli.run("unpin", cid).code()).isZero();
    JsonNode dry = cli.run("gc", "--dry-run", "--json").object();
    assertThat(names(dry)).startsWith("kept_blocks", "removed_blocks", "freed_bytes");
    assertThat(dry.path("removed_blocks").asInt()).isPositive();
    assertThat(cli.run("status", "--json").object().path("gc")).isEqualTo(dry);
    assertThat(cli.run("gc", "--json").object()).isEqualTo(dry);
    assertThat(cli.run("ls", cid).code()).isEqualTo(ExitCode.NO_TARGET);
    assertThat(cli.run("verify").code()).isZero();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
