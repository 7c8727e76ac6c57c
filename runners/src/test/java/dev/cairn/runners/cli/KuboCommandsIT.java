package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.kubo.RealKubo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside a real node that comes and goes. */
class KuboCommandsIT {
  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir Path temp;
  private Cli cli;

  @BeforeEach
  void open() {
    cli = new Cli(temp.resolve("home"));
  }

  @Test
  void whatIsAddedReachesTheNodeAndComesBackFromIt() throws IOException {
    Path file = write("added.txt", "one " + temp);
    JsonNode added = run(0, "add", "--json", file);
    assertThat(added.path("delivery").asText()).isEqualTo("delivered");
    Cid cid = Cid.parse(added.path("cid").asText());
    assertThat(KUBO.ipfs("cat", cid.toString())).isEqualTo(Files.readString(file));
    assertThat(KUBO.ipfs("pin", "ls", "--names", "--type=recursive"))
        .contains(cid + " recursive cairn:add added.txt");
    cli = new Cli(temp.resolve("elsewhere"));
    run(0, "get", "--json", cid, "-o", temp.resolve("back"));
    assertThat(temp.resolve("back")).hasSameBinaryContentAs(file);
    JsonNode pin = run(0, "pin", "--json", cid);
    assertThat(pin.path("cid").asText()).isEqualTo(cid.toString());
    KUBO.kill();
    assertThat(cli.run("get", cid, "-o", temp.resolve("again"), "--store", "local").code())
        .isZero();
    assertThat(cli.run("verify", "--store", "local").code()).isZero();
    KUBO.restart();
  }

  @Test
  void withoutTheNodeItIsQueuedAndSyncDelivers() throws IOException {
    KUBO.kill();
    JsonNode added = run(10, "add", "--json", write("queued.txt", "two " + temp));
    assertThat(added.path("delivery").asText()).isEqualTo("queued");
    String cid = added.path("cid").asText();
    JsonNode down = run(0, "status", "--json");
    assertThat(down.path("mode").asText()).isEqualTo("tiered");
    assertThat(down.path("tiers").get(1).path("ok").asBoolean()).isFalse();
    assertThat(down.path("outbox").get(0).path("root").asText()).isEqualTo(cid);
    assertThat(run(10, "sync", "--json").path("pending").get(0).asText()).isEqualTo(cid);
    assertThat(cli.run("add", write("strict", "x"), "--store", "kubo", "--kubo-api", api()).code())
        .isEqualTo(6);
    KUBO.restart();
    assertThat(run(0, "sync", "--json").path("delivered").get(0).asText()).isEqualTo(cid);
    assertThat(KUBO.ipfs("cat", cid)).startsWith("two");
    assertThat(run(0, "sync", "--verify", "--json").path("healed")).isEmpty();
    JsonNode up = run(0, "status", "--json");
    assertThat(up.path("tiers").get(1).path("ok").asBoolean()).isTrue();
    assertThat(up.path("outbox")).isEmpty();
  }

  @Test
  void aDatasetIsEmbeddedFromTheNodeAndDeliveredToIt() throws IOException {
    Path input = SmallInput.write(temp.resolve("input"), 3);
    Cid root = KUBO.add(input);
    JsonNode here = run(0, "embed", "caselaw", "--json", "--store", "local", "--input", input);
    cli = new Cli(temp.resolve("other"));
    JsonNode there = run(0, "embed", "caselaw", "--json", "--input", "ipfs://" + root);
    assertThat(there.path("dataset")).isEqualTo(here.path("dataset"));
    assertThat(there.path("delivery").asText()).isEqualTo("delivered");
    assertThat(KUBO.ipfs("pin", "ls", "--names", "--type=recursive"))
        .contains(there.path("dataset").asText() + " recursive cairn:caselaw");
    JsonNode again = run(0, "embed", "caselaw", "--json", "--input", "ipfs://" + root);
    assertThat(again.path("commit")).isEqualTo(there.path("commit"));
    JsonNode published = run(0, "publish", "--json", "caselaw");
    assertThat(KUBO.ipfs("name", "resolve", published.path("name").asText()))
        .isEqualTo("/ipfs/" + there.path("dataset").asText());
  }

  @Test
  void anAddressThatCannotBeIsAUsageError() throws IOException {
    Path file = write("any", "x");
    Object[] words = {"add", file, "--store", "auto", "--kubo-api", "ftp://node"};
    assertThat(cli.run(words).code()).isEqualTo(2);
    assertThat(cli.run("sync").code()).isEqualTo(2);
  }

  private JsonNode run(int code, Object... words) throws IOException {
    List<Object> all = new ArrayList<>(List.of(words));
    if (!all.contains("--store")) {
      all.addAll(List.of("--store", "auto", "--kubo-api", api()));
    }
    Cli.Outcome outcome = cli.run(all.toArray());
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    return outcome.object();
  }

  private static String api() throws IOException {
    return KUBO.api().toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }
}
