package dev.cairn.transforms.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.caselaw.CaselawSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of everything that may lie in one, planned on the Direct runner. */
class AddressRecordsTest {
  private static final String BOM = "\uFEFF";

  @TempDir static Path temp;
  private static Path folder;
  private static StorePolicy policy;
  private static Planned planned;

  @BeforeAll
  static void plan() throws Exception {
    folder = Files.createDirectory(temp.resolve("input"));
    policy = StorePolicy.local(temp.resolve("home"), "test");
    write("case.json", CaseLines.line(1, "One."));
    write("array.json", "[" + CaseLines.line(2, "Two.") + ",\n" + CaseLines.line(3, "3") + "]");
    write(
        "lines.jsonl",
        CaseLines.line(4, "Four.") + "\n{\"id\": 5, \n\n" + CaseLines.line(6, "Six.") + "\n");
    CaseLines.write(
        folder,
        "packed.jsonl.gz",
        CaseLines.gzip(CaseLines.line(7, "7") + "\n" + CaseLines.line(8, "8")));
    CaseLines.write(
        folder,
        "cut.jsonl.gz",
        CaseLines.half(CaseLines.gzip(CaseLines.line(9, "Nine. ".repeat(100)))));
    byte[] first = CaseLines.gzip(CaseLines.line(21, "21") + "\n");
    byte[] second = CaseLines.gzip(CaseLines.line(22, "22"));
    CaseLines.write(folder, "members.jsonl.gz", CaseLines.join(first, second));
    second[0] ^= 1;
    CaseLines.write(folder, "member.jsonl.gz", CaseLines.join(first, second));
    byte[] overlong = CaseLines.line(23, "ho\u00c0\u00aflds").getBytes(ISO_8859_1);
    CaseLines.write(folder, "overlong.json", overlong);
    write("empty.json", "");
    write("surrogate.json", CaseLines.line(10, "a \\ud800 b"));
    write("twice.json", "{\"id\": 11, \"id\": 12, \"casebody\": {}}");
    write("bom/mark.json", BOM + CaseLines.line(13, "Marked."));
    write("notes.rst", "not a case");
    write("list.jsonl", "[1]\n");
    write("textless.json", CaseLines.line(14, ""));
    CaseLines.write(folder, "latin.json", new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'});
    planned = Planned.of(folder, Planned.list(folder), policy);
  }

  @Test
  void addressesEveryGoodRecordInOrderOfId() {
    assertThat(planned.addresses())
        .extracting(a -> a.id() + " " + a.path() + " " + a.offset())
        .containsExactly(
            "cap:1 case.json 0",
            "cap:2 array.json 1",
            "cap:3 array.json " + (CaseLines.line(2, "Two.").length() + 3),
            "cap:4 lines.jsonl 0",
            "cap:6 lines.jsonl " + (CaseLines.line(4, "Four.").length() + 13),
            "cap:7 packed.jsonl.gz 0",
            "cap:8 packed.jsonl.gz " + (CaseLines.line(7, "7").length() + 1),
            "cap:13 bom/mark.json 0",
            "cap:21 members.jsonl.gz 0",
            "cap:22 members.jsonl.gz " + (CaseLines.line(21, "21").length() + 1));
    assertThat(planned.part().getRecords()).isEqualTo(10);
  }

  @Test
  void namesARecordByItsOwnBytes() {
    Map<String, Address> byId =
        planned.addresses().stream().collect(Collectors.toMap(Address::id, a -> a));
    Address whole = byId.get("cap:1");
    Address line = byId.get("cap:7");
    assertThat(whole).isNotNull();
    assertThat(line).isNotNull();
    assertThat(whole.record()).isEqualTo(whole.file());
    assertThat(line.record()).isNotEqualTo(line.file());
    assertThat(planned.addresses())
        .filteredOn(Address::unpacked)
        .extracting(Address::id)
        .containsExactly("cap:7", "cap:8", "cap:21", "cap:22");
  }

  @Test
  void keepsADeadLetterForEverythingElse() {
    assertThat(planned.letters())
        .extracting(letter -> letter.origin() + " " + letter.code())
        .containsExactlyInAnyOrder(
            "cut.jsonl.gz invalid_gzip",
            "empty.json no_records",
            "latin.json invalid_json",
            "lines.jsonl invalid_json",
            "list.jsonl not_an_object",
            "member.jsonl.gz invalid_gzip",
            "notes.rst unsupported_file",
            "overlong.json invalid_json",
            "surrogate.json invalid_unicode",
            "textless.json empty_text",
            "twice.json invalid_json");
    assertThat(planned.part().getFailures())
        .containsEntry("invalid_json", 4L)
        .containsEntry("invalid_gzip", 2L)
        .hasSize(7);
  }

  @Test
  void tellsWhereABrokenLineIsAndHowItBegins() {
    DeadLetter letter =
        planned.letters().stream()
            .filter(l -> l.origin().equals("lines.jsonl"))
            .findFirst()
            .orElseThrow();
    assertThat(letter.stage()).isEqualTo("parse");
    assertThat(letter.reason()).endsWith(", at byte " + (CaseLines.line(4, "Four.").length() + 1));
    assertThat(letter.excerpt()).startsWith("{\"id\": 5,");
  }

  @Test
  void knowsFilesOfSeveralRecordsAsContainers() throws IOException {
    Map<String, String> cids =
        Planned.list(folder).stream()
            .collect(Collectors.toMap(InputFile::path, f -> f.cid().toString()));
    Map<String, String> containers;
    try (TieredStore store = policy.open()) {
      Cid listing = Cid.parse(planned.part().getContainers());
      containers =
          InputFile.readAll(new UnixFs(store).openStream(listing)).stream()
              .collect(Collectors.toMap(InputFile::path, f -> f.cid().toString()));
      assertThat(store.local().isWhole(Cid.parse(planned.part().getUnpacked()))).isTrue();
    }
    assertThat(containers)
        .containsOnlyKeys(
            "array.json", "lines.jsonl", "packed.jsonl.gz", "members.jsonl.gz", "list.jsonl")
        .allSatisfy((path, cid) -> assertThat(cids).containsEntry(path, cid));
  }

  @Test
  void readsNoFileThatAnEarlierPlanReadAsItIs() throws Exception {
    Path nowhere = temp.resolve("nowhere");
    List<InputFile> files = Planned.list(folder);
    Planned again = Planned.of(nowhere, files, policy, "c".repeat(64), List.of(Planned.KEY));
    assertThat(again.addresses()).containsExactlyElementsOf(planned.addresses());
    assertThat(again.letters()).containsExactlyInAnyOrderElementsOf(planned.letters());
    assertThat(again.part().getFailures()).isEqualTo(planned.part().getFailures());
    assertThat(again.part().getContainers()).isEqualTo(planned.part().getContainers());
    List<InputFile> some = files.subList(3, files.size());
    Planned fewer = Planned.of(nowhere, some, policy, "d".repeat(64), List.of(Planned.KEY));
    assertThat(fewer.addresses()).isNotEmpty().isSubsetOf(planned.addresses());
    assertThat(fewer.addresses())
        .extracting(Address::path)
        .isSubsetOf(some.stream().map(InputFile::path).toList());
  }

  @Test
  void opensEachRecordAgainByItsAddress() throws Exception {
    try (TieredStore store = policy.open()) {
      RecordOpener opener =
          new RecordOpener(
              new CaselawSource(), InputRoot.folder(folder), WorkStore.inFolder(store));
      for (Address address : planned.addresses()) {
        RecordOpener.Opened opened = opener.open(List.of(address));
        assertThat(opened.document().id()).isEqualTo(address.id());
        assertThat(opened.row()).endsWith(address.record().toString(), address.path());
      }
    }
  }

  @Test
  void givesTheSamePlanTwice(@TempDir Path other) throws Exception {
    StorePolicy elsewhere = StorePolicy.local(other, "test");
    assertThat(Planned.of(folder, Planned.list(folder), elsewhere).part())
        .isEqualTo(planned.part());
  }

  @Test
  void stopsWhereAFileChangedBetweenListingAndPlanning(@TempDir Path other) throws Exception {
    CaseLines.write(other, "case.json", CaseLines.bytes(CaseLines.line(1, "Before.")));
    List<InputFile> listed = Planned.list(other);
    CaseLines.write(other, "case.json", CaseLines.bytes(CaseLines.line(1, "After!!")));
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> Planned.of(other, listed, policy))
        .withRootCauseInstanceOf(InputChangedException.class);
  }

  private static void write(String name, String text) throws IOException {
    CaseLines.write(folder, name, CaseLines.bytes(text));
  }
}
