package dev.cairn.transforms.record;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.dataset.Address;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.transforms.caselaw.CaselawSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordOpenerTest {
  private static final String NAME = "case.json";

  @TempDir Path temp;
  private Path folder;
  private Address address;
  private TieredStore store;
  private RecordOpener opener;

  @BeforeEach
  void plan() throws Exception {
    folder = Files.createDirectory(temp.resolve("input"));
    write(CaseLines.line(1, "Before."));
    StorePolicy policy = StorePolicy.local(temp.resolve("home"), "test");
    address = Planned.of(folder, Planned.list(folder), policy).addresses().get(0);
    store = policy.open();
    opener =
        new RecordOpener(new CaselawSource(), InputRoot.folder(folder), WorkStore.inFolder(store));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void opensWhatIsAsItWas() {
    assertThatCode(() -> opener.open(List.of(address))).doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherText() throws IOException {
    write(CaseLines.line(1, "After!!"));
    refuses("input changed");
  }

  @Test
  void refusesAnotherId() throws IOException {
    write(CaseLines.line(2, "Before."));
    refuses("input changed");
  }

  @Test
  void refusesWhatIsNoRecordAnyMore() throws IOException {
    write("x".repeat(CaseLines.line(1, "Before.").length()));
    refuses("input changed");
  }

  @Test
  void refusesAShorterFile() throws IOException {
    write("{");
    refuses("was longer");
  }

  @Test
  void refusesAFileThatIsGone() throws IOException {
    Files.delete(folder.resolve(NAME));
    refuses("was there");
  }

  private void refuses(String message) {
    assertThatExceptionOfType(InputChangedException.class)
        .isThrownBy(() -> opener.open(List.of(address)))
        .withMessageContaining(NAME)
        .withMessageContaining(message);
  }

  private void write(String text) throws IOException {
    CaseLines.write(folder, NAME, CaseLines.bytes(text));
  }
}
