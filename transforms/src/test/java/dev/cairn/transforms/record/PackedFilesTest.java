package dev.cairn.transforms.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.dataset.Address;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.transforms.caselaw.CaselawSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in which a record has no place: each is unpacked, and what is wrong in it is named. */
class PackedFilesTest {
  @TempDir private Path temp;
  private Path folder = Path.of(".");

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("input"));
  }

  private Planned plan() throws Exception {
    StorePolicy policy = StorePolicy.local(temp.resolve("home"), "test");
    Planned planned = Planned.of(folder, Planned.list(folder), policy);
    try (TieredStore store = policy.open()) {
      RecordOpener opener =
          new RecordOpener(
              new CaselawSource(), InputRoot.folder(folder), WorkStore.inFolder(store));
      for (Address address : planned.addresses()) {
        assertThat(opener.open(List.of(address)).document().id()).isEqualTo(address.id());
      }
    }
    return planned;
  }

  private List<String> ids() throws Exception {
    return plan().addresses().stream().map(a -> a.id() + " " + a.path()).toList();
  }

  private List<String> letters() throws Exception {
    return plan().letters().stream().map(l -> l.origin() + " " + l.code()).toList();
  }

  private void zip(String name, String... members) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      for (int i = 0; i < members.length; i += 2) {
        out.putNextEntry(new ZipEntry(members[i]));
        out.write(members[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void readsTheCasesOfAVolume() throws Exception {
    zip(
        "us.zip",
        "json/0001-01.json",
        CaseLines.line(1, "One."),
        "json/0002-01.json",
        CaseLines.line(2, "Two.") + "\n",
        "more.jsonl",
        CaseLines.line(3, "3") + "\n" + CaseLines.line(4, "4"),
        "metadata/CasesMetadata.json",
        "[]",
        "html/0001-01.html",
        "<p>One.</p>");
    assertThat(ids())
        .containsExactly("cap:1 us.zip", "cap:2 us.zip", "cap:3 us.zip", "cap:4 us.zip");
    assertThat(letters()).isEmpty();
  }

  @Test
  void refusesMembersThatAreNoRecordsOrLeadElsewhere() throws Exception {
    zip(
        "bad.zip",
        "../up.json",
        CaseLines.line(1, "One."),
        "/root.json",
        "{}",
        "x.pdf",
        "%PDF",
        "cut.json",
        "{\"id\": ");
    assertThat(letters())
        .containsExactly(
            "bad.zip unsafe_name",
            "bad.zip unsafe_name",
            "bad.zip unsupported_file",
            "bad.zip invalid_json");
    assertThat(plan().letters().get(3).reason()).endsWith(", in cut.json");
  }

  @Test
  void refusesArchivesThatAreNotWhole() throws Exception {
    zip("whole.zip", "a.json", CaseLines.line(1, "One. ".repeat(500)));
    byte[] whole = Files.readAllBytes(folder.resolve("whole.zip"));
    Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("text.zip"), "PK, but no archive");
    byte[] flipped = whole.clone();
    flipped[60] ^= 0x10;
    Files.write(folder.resolve("flipped.zip"), flipped);
    byte[] far = whole.clone();
    far[far.length - 3] = 0x7f; // where the central directory would start
    Files.write(folder.resolve("far.zip"), far);
    assertThat(letters())
        .containsExactly(
            "cut.zip invalid_zip",
            "far.zip invalid_zip",
            "flipped.zip invalid_zip",
            "text.zip invalid_zip");
    assertThat(ids()).containsExactly("cap:1 whole.zip");
  }

  @Test
  void endsWhatUnpacksToFarMoreThanTextDoes() throws Exception {
    byte[] zeros = new byte[1 << 20];
    try (OutputStream gzip =
            new GZIPOutputStream(Files.newOutputStream(folder.resolve("bomb.jsonl.gz")));
        ZipOutputStream zip =
            new ZipOutputStream(Files.newOutputStream(folder.resolve("bomb.zip")))) {
      zip.putNextEntry(new ZipEntry("a.json"));
      for (int i = 0; i < 300; i++) {
        gzip.write(zeros);
        zip.write(zeros);
      }
    }
    assertThat(letters())
        .containsExactly("bomb.jsonl.gz unpacks_too_large", "bomb.zip unpacks_too_large");
  }

  @Test
  void readsBulkDataWithItsEscapes() throws Exception {
    String csv =
        """
        "id","date_created","date_modified","type","plain_text","html","cluster_id"
        "1","x","y","010combined","He said \\"no\\",
        \\\\ twice.",,"5"
        "2","x"
        "3","x","y","020lead","Yes.","","6"
        """;
    try (OutputStream out =
        new BZip2CompressorOutputStream(
            Files.newOutputStream(folder.resolve("opinions-2024-01-01.csv.bz2")))) {
      out.write(csv.getBytes(StandardCharsets.UTF_8));
    }
    Planned planned = plan();
    assertThat(planned.addresses())
        .extracting(a -> a.id() + " " + a.part())
        .containsExactly("cl:5 1opinion/000000000000000001", "cl:6 1opinion/000000000000000003");
    assertThat(planned.letters()).extracting(l -> l.code()).containsExactly("invalid_csv");
    assertThat(planned.letters().get(0).reason()).contains("row 2", "2 values", "7 columns");
    assertThat(planned.addresses().get(0).textBytes())
        .isEqualTo("He said \"no\",\n\\ twice.".length());
  }

  @Test
  void refusesTablesThatAreNone() throws Exception {
    Files.writeString(folder.resolve("twice.csv"), "id,id\n1,2\n");
    Files.writeString(folder.resolve("quote.csv"), "id,text\n1,\"open\n");
    Files.write(folder.resolve("latin.csv"), new byte[] {'i', 'd', '\n', (byte) 0xe9, '\n'});
    Files.writeString(folder.resolve("empty.csv"), "");
    Files.writeString(folder.resolve("names.csv"), "id,text\n");
    Files.writeString(folder.resolve("no.parquet"), "PAR1 and no more");
    Files.writeString(folder.resolve("no.csv.bz2"), "id\n1\n");
    assertThat(letters())
        .containsExactly(
            "empty.csv invalid_csv",
            "latin.csv invalid_csv",
            "names.csv no_records",
            "no.csv.bz2 invalid_bzip2",
            "no.parquet invalid_parquet",
            "quote.csv invalid_csv",
            "twice.csv invalid_csv");
  }

  @Test
  void readsRowsOfParquet() throws Exception {
    TableSchema schema =
        TableSchema.builder()
            .column("id", ColumnType.int64(), true)
            .column("name", ColumnType.string(), false)
            .column("citations", ColumnType.list(ColumnType.string()), true)
            .column("text", ColumnType.string(), true)
            .column("score", ColumnType.float64(), false)
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetTableWriter out = ParquetTableWriter.open(bytes, schema, RowGroups.rows(2))) {
      for (long id = 1; id <= 5; id++) {
        out.write(
            new @Nullable Object[] {id, null, List.of(id + " U.S. 1"), "Case " + id, Double.NaN});
      }
    }
    Files.write(folder.resolve("train-00000-of-00001.gz.parquet"), bytes.toByteArray());
    Files.writeString(folder.resolve("_SUCCESS"), "");
    assertThat(ids()).hasSize(5).allMatch(id -> id.endsWith(" train-00000-of-00001.gz.parquet"));
  }

  @Test
  void refusesPartsWithHalfACharacter() throws Exception {
    Files.writeString(
        folder.resolve("opinions.jsonl"),
        """
        {"id": 1, "cluster_id": 5, "plain_text": "bad \\ud800 text"}
        {"id": 2, "cluster_id": 5, "type": "\\ud800", "plain_text": "text"}
        {"id": 3, "cluster_id": 5, "plain_text": "good \\ud83d\\udd28 text"}
        """);
    Planned planned = plan();
    assertThat(planned.addresses()).hasSize(1);
    assertThat(planned.letters())
        .extracting(l -> l.code())
        .containsExactly("invalid_unicode", "invalid_unicode");
  }

  @Test
  void countsAPartOfTheSameContentOnceHoweverItIsWritten() throws Exception {
    Files.writeString(
        folder.resolve("a.json"), "{\"id\": 1, \"cluster_id\": 5, \"plain_text\": \"One.\"}");
    Files.writeString(
        folder.resolve("b.json"), "{\"cluster_id\": 5,\n \"plain_text\": \"One.\", \"id\": 1}");
    List<Address> addresses = plan().addresses();
    assertThat(addresses).hasSize(2);
    assertThat(addresses.get(0).content()).isEqualTo(addresses.get(1).content());
  }

  @Test
  void passesOverAnIndexWithoutNameAndEmptyLines() throws Exception {
    Files.writeString(folder.resolve("pandas.csv"), ",id,text\n0,1,One.\n\n1,2.0,Two.\n");
    assertThat(ids()).containsExactly("cap:1 pandas.csv", "cap:2 pandas.csv");
    assertThat(letters()).isEmpty();
  }

  @Test
  void readsTextsAndPages() throws Exception {
    Files.writeString(folder.resolve("one.txt"), "\ufeffOne.");
    Files.writeString(folder.resolve("two.html"), "<p>Two.</p>");
    Files.writeString(folder.resolve("\u0130\u0130.TXT"), "Letters that are longer when small.");
    Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xe9});
    Files.writeString(folder.resolve("empty.txt"), "");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("three.txt.gz")))) {
      out.write("Three.".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ids())
        .containsExactly(
            "text:one one.txt",
            "text:two two.html",
            "text:\u0130\u0130 \u0130\u0130.TXT",
            "text:three three.txt.gz");
    assertThat(letters()).containsExactly("empty.txt no_records", "latin.txt invalid_utf8");
  }
}
