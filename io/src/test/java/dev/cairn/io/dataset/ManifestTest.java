package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  private static final String KEY = "ab".repeat(32);

  private static DataFile file(String path, int content) {
    return new DataFile(path, Cid.hashOf(Codec.RAW, new byte[] {(byte) content}), 10, 1000);
  }

  private static Shard shard(String boundary, int content) {
    String name = Shard.nameOf(boundary);
    return Shard.of(
        boundary,
        KEY,
        Map.of(
            "chunks", file(DataFile.pathOf("chunks", name), content),
            "documents", file(DataFile.pathOf("documents", name), content)));
  }

  private static Shard tail() {
    return Shard.of(null, KEY, Map.of("errors", file(DataFile.pathOf("errors", Shard.TAIL), 3)));
  }

  static ManifestBuilder builder() {
    return Manifest.builder()
        .pipeline("caselaw")
        .settings(Map.of("format", 1, "context", "none", "overlap", 0))
        .input(Cid.hashOf(Codec.DAG_PB, new byte[] {9}))
        .model(Map.of("pooling", "mean", "dimension", 384), List.of("n1", "n2"))
        .shard(shard("cap:9", 1))
        .shard(shard("cap:10", 2))
        .shard(tail())
        .file("errors", file(DataFile.pathOf("errors", "plan"), 4))
        .total("documents", 20)
        .total("chunks", 5)
        .total("chunks", 5)
        .deadLetters("bad_json", 2)
        .container("vol/é.zip", Cid.hashOf(Codec.RAW, new byte[] {8}));
  }

  @Test
  void comesBackFromItsJson() throws MalformedContentException {
    Manifest manifest = builder().build();
    Manifest back = Manifest.fromJson(manifest.toJson());
    assertThat(back).isEqualTo(manifest).hasSameHashCodeAs(manifest);
    assertThat(back.toJson()).isEqualTo(manifest.toJson());
    assertThat(back.total("chunks")).isEqualTo(10);
    assertThat(back.total("tokens")).isZero();
    assertThat(back.numerics()).containsExactly("n1", "n2");
    assertThat(back.deadLetters()).isEqualTo(Map.of("bad_json", 2L));
    assertThat(back.containers()).containsOnlyKeys("vol/é.zip");
    assertThat(back.table("errors"))
        .extracting(DataFile::path)
        .containsExactly("errors/tail.parquet", "errors/plan.parquet");
    assertThat(back.table("chunks")).hasSize(2);
    assertThat(back.shards().get(2).boundary()).isNull();
  }

  /** The bytes of a manifest are a promise: another form would be another dataset. */
  @Test
  void hasOneForm() throws MalformedContentException {
    Manifest small =
        Manifest.builder()
            .pipeline("p")
            .settings(Map.of("format", 1))
            .input(Cid.parse("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"))
            .shard(shard("cap:9", 1))
            .build();
    assertThat(new String(small.toJson(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"input\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\","
                + "\"pipeline\":\"p\",\"settings\":{\"format\":1},\"settings_fingerprint\":\""
                + small.fingerprint()
                + "\",\"shards\":[{\"boundary\":\"cap:9\",\"key\":\""
                + KEY
                + "\",\"name\":\"a1b8e3948876e5ab940b8a18a43a0d93\",\"tables\":{\"chunks\":{"
                + "\"bytes\":1000,\"cid\":\"bafkreicl6ujc6ncfktctxxroxognfn7d2fqavvrryoc2lv6m4i6hpbkfti\","
                + "\"path\":\"data/chunks/a1b8e3948876e5ab940b8a18a43a0d93.parquet\",\"rows\":10},"
                + "\"documents\":{\"bytes\":1000,"
                + "\"cid\":\"bafkreicl6ujc6ncfktctxxroxognfn7d2fqavvrryoc2lv6m4i6hpbkfti\","
                + "\"path\":\"data/documents/a1b8e3948876e5ab940b8a18a43a0d93.parquet\",\"rows\":10}}}],"
                + "\"version\":1}");
    assertThat(Manifest.fromJson(small.toJson())).isEqualTo(small);
  }

  @Test
  void fingerprintsSettingsInAnyOrder() {
    String one = Manifest.fingerprint(Map.of("a", 1, "b", "x"));
    assertThat(Manifest.fingerprint(Map.of("b", "x", "a", 1L))).isEqualTo(one);
    assertThat(Manifest.fingerprint(Map.of("b", "x", "a", 2))).isNotEqualTo(one);
    assertThat(builder().build().fingerprint())
        .isEqualTo(Manifest.fingerprint(Map.of("format", 1, "context", "none", "overlap", 0)));
  }

  @Test
  void refusesShardsOutOfOrder() {
    ManifestBuilder swapped = Manifest.builder().pipeline("p").input(cid());
    swapped.shard(shard("cap:10", 1)).shard(shard("cap:9", 2));
    assertThatIllegalArgumentException()
        .isThrownBy(swapped::build)
        .withMessage("Cannot make manifest: shard cap:9 (after cap:10 in key order)");
    ManifestBuilder open = Manifest.builder().pipeline("p").input(cid());
    open.shard(tail()).shard(shard("cap:9", 2));
    assertThatIllegalArgumentException().isThrownBy(open::build);
    ManifestBuilder twice = Manifest.builder().pipeline("p").input(cid());
    twice.shard(tail()).file("errors", file("errors/tail.parquet", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(twice::build)
        .withMessage("Cannot make manifest: file errors/tail.parquet (listed once)");
  }

  @Test
  void refusesPathsThatLeadAway() {
    for (String path :
        List.of("", "/a", "a//b", "../a", "a/..", "a/./b", "a\\b", "a/\n", ".hidden", "é", "a/")) {
      assertThatIllegalArgumentException().isThrownBy(() -> file(path, 1));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new DataFile("a", cid(), 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Shard.of(null, "short", Map.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Shard.of(null, KEY, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shard.of(null, KEY, Map.of("A/b", file("a", 1))));
  }

  @Test
  void refusesToBeIncomplete() {
    assertThatIllegalStateException().isThrownBy(() -> Manifest.builder().pipeline("p").build());
    assertThatIllegalArgumentException().isThrownBy(() -> Manifest.builder().input(cid()).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":1 | \"version\":2",
        "\"version\":1 | \"version\":1,\"zzz\":1",
        "\"pipeline\":\"caselaw\" | \"pipeline\":\"Case Law\"",
        "\"pipeline\":\"caselaw\", | ",
        "\"overlap\":0 | \"overlap\":64",
        "\"boundary\":\"cap:9\" | \"boundary\":\"cap:8\"",
        "data/chunks/ | ../chunks/",
        "\"rows\":10 | \"rows\":0",
        "\"rows\":10 | \"rows\":-1",
        "\"chunks\":10 | \"chunks\":-10",
        "\"bad_json\":2 | \"bad_json\":\"2\"",
        "\"numerics\":[\"n1\" | \"numerics\":[1",
        "\"shards\":[ | \"shards\":[1,",
        "\"path\":\"vol/é.zip\" | \"path\":5",
      })
  void refusesAnyOtherJson(String part, String instead) {
    String json = new String(builder().build().toJson(), StandardCharsets.UTF_8);
    assertThat(json).contains(part);
    byte[] bad =
        json.replace(part, instead == null ? "" : instead).getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(() -> Manifest.fromJson(bad))
        .withMessageStartingWith("Cannot ");
  }

  private static Cid cid() {
    return Cid.hashOf(Codec.RAW, new byte[0]);
  }
}
