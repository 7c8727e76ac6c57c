package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.format.SchemaJson;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.convert.TableFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertRunTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path temp;
  private Path input = Path.of(".");

  @BeforeEach
  void make() throws IOException {
    input = Files.createDirectory(temp.resolve("in"));
  }

  private StorePolicy policy() {
    return StorePolicy.local(temp.resolve("home"), "test");
  }

  private ConvertRun.Converted convert(
      String target, TableFormat format, @Nullable TableSchema schema, Engine engine)
      throws IOException {
    ConvertConfig config = new ConvertConfig(target, format, schema, Sharing.FILES, policy());
    try (TieredStore store = policy().open()) {
      return new ConvertRun(config, engine, new Notes(), EmbedRun.newName()).run(store);
    }
  }

  private ConvertRun.Converted convert(String target, TableFormat format) throws IOException {
    return convert(target, format, null, new TestEngine(2));
  }

  private ConvertRun.Converted convert(Path target, TableFormat format) throws IOException {
    return convert(target.toString(), format);
  }

  private String text(Cid file) throws IOException {
    try (TieredStore store = policy().open()) {
      byte[] bytes = new UnixFs(store).openStream(file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private List<JsonNode> records(Cid file) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : text(file).lines().toList()) {
      records.add(JSON.readTree(line));
    }
    return records;
  }

  private Path file(String name, String content) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Test
  void givesTheSameRecordsAfterEveryFormat() throws IOException {
    StringBuilder lines = new StringBuilder();
    List<JsonNode> expected = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      var record = JSON.createObjectNode().put("id", i).put("name", "ü" + random.nextInt());
      record.put("x", random.nextInt(1000) / 8.0 + 0.0625).put("big", random.nextLong());
      record.putArray("tags").add("a").add("b" + i % 7);
      if (i % 3 == 0) {
        record.putObject("s").put("k", i % 2 == 0).putArray("l").addObject().put("z", i);
      }
      expected.add(record);
      lines.append(record).append('\n');
    }
    Cid cid = convert(file("a.jsonl", lines.toString()), TableFormat.PARQUET).root();
    for (TableFormat format :
        List.of(TableFormat.ARROW, TableFormat.PARQUET, TableFormat.ARROW_STREAM)) {
      cid = convert("/ipfs/" + cid, format).root();
    }
    ConvertRun.Converted last = convert("/ipfs/" + cid, TableFormat.JSONL);
    assertThat(last.rows()).isEqualTo(3000);
    List<JsonNode> back = records(last.root());
    assertThat(back).hasSize(3000);
    for (int i = 0; i < back.size(); i++) {
      assertThat(JSON.readTree(back.get(i).toString()))
          .isEqualTo(JSON.readTree(expected.get(i).toString()));
    }
  }

  @Test
  void keepsEveryCharacterOfCsv() throws IOException {
    String csv =
        """
        "id","zip","price","day","ok","t"
        "1","00501","1.5","2024-02-29","true","1.10"
        "-2","94107","31924518.0",,"false",""
        """;
    Cid parquet = convert(file("a.csv", csv), TableFormat.PARQUET).root();
    assertThat(records(convert("/ipfs/" + parquet, TableFormat.JSONL).root()).get(0))
        .hasToString(
            "{\"id\":1,\"zip\":\"00501\",\"price\":1.5,\"day\":\"2024-02-29\",\"ok\":true,"
                + "\"t\":\"1.10\"}");
    assertThat(text(convert("/ipfs/" + parquet, TableFormat.CSV).root())).isEqualTo(csv);
  }

  @Test
  void convertsFoldersWithOneSchemaATable() throws IOException {
    file("models/a.jsonl", "{\"id\":1}\n");
    file("models/b.json", "[{\"id\":2.5,\"name\":\"x\"}]");
    file("other/c.csv", "k\nv\n");
    file("README.md", "no table");
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(input.resolve("models/c.jsonl.gz")))) {
      packed.write("{\"id\":3}\r\n\r\n{\"id\":4}".getBytes(StandardCharsets.UTF_8));
    }
    ConvertRun.Converted converted = convert(input, TableFormat.JSONL);
    assertThat(converted.rows()).isEqualTo(5);
    try (TieredStore store = policy().open()) {
      UnixFs files = new UnixFs(store);
      assertThat(text(files.resolve(converted.root(), "models/a.jsonl")))
          .isEqualTo("{\"id\":1.0}\n");
      assertThat(text(files.resolve(converted.root(), "models/c.jsonl")))
          .isEqualTo("{\"id\":3.0}\n{\"id\":4.0}\n");
      assertThat(text(files.resolve(converted.root(), "other/c.jsonl")))
          .isEqualTo("{\"k\":\"v\"}\n");
    }
  }

  @Test
  void doesNothingTwice() throws IOException {
    Path file = file("a.jsonl", "{\"id\":1}\n");
    TestEngine first = new TestEngine(1);
    Cid root = convert(file.toString(), TableFormat.ARROW, null, first).root();
    assertThat(first.jobs()).hasSize(2);
    TestEngine second = new TestEngine(1);
    assertThat(convert(file.toString(), TableFormat.ARROW, null, second).root()).isEqualTo(root);
    assertThat(second.jobs()).isEmpty();
  }

  @Test
  void takesASchema() throws IOException {
    TableSchema schema =
        SchemaJson.read(
            """
            [{"name": "v", "type": "vector(2)", "required": true},
             {"name": "t", "type": "timestamp(millis, utc)"}, {"name": "n", "type": "int32"}]
            """);
    Path file = file("a.jsonl", "{\"v\":[0.5,1],\"t\":\"2024-01-01T00:00:00.5Z\"}\n");
    Cid arrow = convert(file.toString(), TableFormat.ARROW, schema, new TestEngine(1)).root();
    assertThat(text(convert("/ipfs/" + arrow, TableFormat.JSONL).root()))
        .isEqualTo("{\"v\":[0.5,1.0],\"t\":\"2024-01-01T00:00:00.5Z\"}\n");
    Path wrong = file("b.jsonl", "{\"v\":[0.5,1],\"w\":1}\n");
    assertThat(
            catchThrowableOfType(
                InputFailedException.class,
                () -> convert(wrong.toString(), TableFormat.ARROW, schema, new TestEngine(1))))
        .hasMessageContaining("column: w");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1}{'a':'x'} | a: values",
        "{'a':{'b':1}}{'a':{'b':[]}} | a.b: values",
        "{'a':[1,'x']} | a[]: values",
        "{'a':1.5}{'a':9007199254740993} | a: values",
        "{'a':0.1234567890123456789} | a: values",
        "{'a':123456789012345678901234567890123456789} | a: values",
        "{'a':1e999} | a: values",
        "{'a':1e-99999999999} | record 1",
        "{'a':{}} | a: values",
        "{'a.b':1} | a.b",
        "{'a':1,'a':2} | record 1: not JSON",
        "{'a':1} x | record 2: not JSON",
        "[{'a':1} | record 2: not JSON",
        "[{'a':1}] {'a':2} | more behind its array",
        "17 | record 1: no object",
        "{'a':'\\ud800'} | a",
      })
  void refusesWhatItWouldHaveToChange(String json, String message) throws IOException {
    Path file = file("a.jsonl", json.replace('\'', '"'));
    assertThat(
            catchThrowableOfType(
                InputFailedException.class, () -> convert(file, TableFormat.PARQUET)))
        .hasMessageContaining("a.jsonl")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatATargetDoesNotHave() throws IOException {
    Path lists = file("a.jsonl", "{\"tags\":[\"x\"]}\n");
    assertThat(
            catchThrowableOfType(InputFailedException.class, () -> convert(lists, TableFormat.CSV)))
        .hasMessageContaining("tags");
    Path empty = file("b.csv", "a,b\n");
    assertThat(
            catchThrowableOfType(
                InputFailedException.class, () -> convert(empty, TableFormat.PARQUET)))
        .hasMessageContaining("no row");
    Path cut = file("c.parquet", "PAR1 and no more");
    assertThat(
            catchThrowableOfType(InputFailedException.class, () -> convert(cut, TableFormat.CSV)))
        .hasMessageContaining("c.parquet");
    Path none = file("d.pdf", "x");
    assertThat(
            catchThrowableOfType(InputFailedException.class, () -> convert(none, TableFormat.CSV)))
        .hasMessageContaining("d.pdf");
  }

  @Test
  void namesTheFileThatIsPackedBadly() throws IOException {
    Path packed = input.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("{\"a\":1}\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    assertThat(
            catchThrowableOfType(
                InputFailedException.class, () -> convert(packed, TableFormat.CSV)))
        .hasMessageContaining("a.jsonl.gz: not a whole gzip file");
  }

  @Test
  void refusesNumbersThatASchemaWouldChange() throws IOException {
    for (String number : List.of("1e400", "007", "+5", "0x1p3", " 5", "16777217.5")) {
      Path file = file("a.csv", "n\n\"" + number + "\"\n");
      TableSchema schema =
          SchemaJson.read(
              number.startsWith("16")
                  ? "[{\"name\":\"n\",\"type\":\"float32\"}]"
                  : "[{\"name\":\"n\",\"type\":\"int32\"}]");
      assertThat(
              catchThrowableOfType(
                  InputFailedException.class,
                  () -> convert(file.toString(), TableFormat.CSV, schema, new TestEngine(1))))
          .as(number)
          .hasMessageContaining("column: n");
    }
  }

  @Test
  void refusesCsvWhoseColumnsOrRowsItWouldLose() throws IOException {
    for (String csv : List.of("a,,b\n1,2,3\n", "a,b\r1,2\n3,4\n")) {
      Path file = file("a.csv", csv);
      assertThat(
              catchThrowableOfType(
                  InputFailedException.class, () -> convert(file, TableFormat.JSONL)))
          .hasMessageContaining("a.csv");
    }
  }

  @Test
  void refusesNamesThatWouldBecomeOne() throws IOException {
    file("a.json", "{\"a\":1}");
    file("a.jsonl", "{\"a\":1}");
    assertThat(
            catchThrowableOfType(InputFailedException.class, () -> convert(input, TableFormat.CSV)))
        .hasMessageContaining("would both be a.csv");
  }
}
