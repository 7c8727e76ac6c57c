package dev.cairn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models in folders, stores and the Hugging Face cache, around the real files of a builtin one. */
class ModelFolderTest {
  private static final HubAccess OFFLINE = HubAccess.of(Map.of()).fetching(false);

  private static final ModelSpec BUILTIN =
      ModelRef.parse("builtin:all-MiniLM-L6-v2-q").pinned().orElseThrow();

  @TempDir static Path shared;
  private static Path whole = Path.of(".");

  @TempDir private Path temp;

  @BeforeAll
  static void write() throws IOException {
    whole = SentenceFolders.write(shared.resolve("whole"), shared.resolve("cache"));
  }

  /** A folder of links to the whole one, so that tests change what they like. */
  private Path folder() throws IOException {
    Path folder = Files.createTempDirectory(temp, "model");
    for (String path :
        new String[] {
          "onnx/model.onnx",
          "tokenizer.json",
          "modules.json",
          "config.json",
          "1_Pooling/config.json"
        }) {
      Files.createDirectories(folder.resolve(path).getParent());
      if (path.endsWith("model.onnx")) {
        Files.createSymbolicLink(folder.resolve(path), whole.resolve(path));
      } else {
        Files.copy(whole.resolve(path), folder.resolve(path));
      }
    }
    return folder;
  }

  private static ModelSpec spec(Path folder) throws IOException {
    ModelRef ref = ModelRef.parse(folder.toString());
    return ModelFiles.of(ref, shared.resolve("cache"), new FolderTree(folder)).spec();
  }

  @Test
  void isTheBuiltinModelIfItsBytesAre() throws IOException {
    assertThat(spec(whole)).isEqualTo(BUILTIN);
  }

  @Test
  void codeBesideItIsNoPartOfIt() throws IOException {
    Path folder = folder();
    Files.createDirectories(folder.resolve("classes/evil"));
    Files.writeString(folder.resolve("classes/evil/Evil.class"), "x");
    Files.writeString(folder.resolve("evil.jar"), "x");
    Files.writeString(folder.resolve("modeling_evil.py"), "x");
    Files.writeString(folder.resolve("serving.properties"), "option.translatorFactory=evil");
    assertThat(ModelFolder.open(ModelRef.parse(folder.toString()), OFFLINE).files())
        .containsExactly(
            "1_Pooling/config.json",
            "config.json",
            "modules.json",
            "onnx/model.onnx",
            "tokenizer.json");
    assertThat(spec(folder)).isEqualTo(BUILTIN);
  }

  @Test
  void readsPromptsPoolingAndLimits() throws IOException {
    Path folder = folder();
    Files.writeString(
        folder.resolve("config_sentence_transformers.json"),
        "{\"prompts\": {\"query\": \"query: \", \"passage\": \"passage: \"}}");
    Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 128}");
    Files.writeString(
        folder.resolve("1_Pooling/config.json"),
        "{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": true}");
    Files.writeString(
        folder.resolve("modules.json"),
        SentenceFolders.MODULES.replaceAll(", \\{[^}]*Normalize\"\\}", ""));
    ModelSpec spec = spec(folder);
    assertThat(spec.prefix()).isEqualTo("passage: ");
    assertThat(spec.queryPrefix()).isEqualTo("query: ");
    assertThat(spec.tokenLimit()).isEqualTo(128);
    assertThat(spec.pooling()).isEqualTo("cls");
    assertThat(spec.normalization()).isEqualTo("none");
    assertThat(spec.precision()).isEqualTo("int8");
  }

  @Test
  void countsPositionsAsTheFamilyDoes() throws IOException {
    Path folder = folder();
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\": \"xlm-roberta\", \"max_position_embeddings\": 514, \"pad_token_id\": 1}");
    assertThat(spec(folder).tokenLimit()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "modules.json|[{\"type\": \"x.Dense\", \"path\": \"2_Dense\"}]|module x.Dense",
        "modules.json|[{\"type\": \"x.Pooling\", \"path\": \"../1_Pooling\"}]|module in"
            + " ../1_Pooling",
        "modules.json|[]|pooling",
        "modules.json|[{]|no JSON",
        "1_Pooling/config.json|{\"pooling_mode_max_tokens\": true}|mean or cls",
        "1_Pooling/config.json|{\"pooling_mode_mean_tokens\": true, \"include_prompt\":"
            + " false}|prompts included",
        "config.json|{}|tokens",
        "onnx/model.onnx|not a model|ONNX",
      })
  void whatItCannotUseIsRefusedByName(String file, String content, String said) throws IOException {
    Path folder = folder();
    Files.delete(folder.resolve(file));
    Files.writeString(folder.resolve(file), content);
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> spec(folder))
        .isInstanceOfAny(UnsupportedModelException.class, ModelFilesException.class)
        .withMessageContaining(said);
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    for (String file : new String[] {"modules.json", "config.json", "tokenizer.json"}) {
      Path folder = folder();
      Files.delete(folder.resolve(file));
      assertThatExceptionOfType(UnsupportedModelException.class)
          .isThrownBy(() -> spec(folder))
          .withMessageContaining("no " + file);
    }
    assertThatExceptionOfType(UnsupportedModelException.class)
        .isThrownBy(
            () -> ModelFolder.open(ModelRef.parse(whole + "#../../../etc/passwd.onnx"), OFFLINE));
  }

  /** ModelProto.graph.initializer.data_location = EXTERNAL, and an input that no text gives. */
  @Test
  void weightsInOtherFilesAndOtherInputsAreRefused() throws IOException {
    Path folder = folder();
    Files.delete(folder.resolve("onnx/model.onnx"));
    Files.write(folder.resolve("onnx/model.onnx"), HexFormat.of().parseHex("3a042a027001"));
    assertThatExceptionOfType(UnsupportedModelException.class)
        .isThrownBy(() -> spec(folder))
        .withMessageContaining("in one file");
    // graph { input { name: "pixels" } }
    Files.write(
        folder.resolve("onnx/model.onnx"), HexFormat.of().parseHex("3a0a5a080a06706978656c73"));
    assertThatExceptionOfType(UnsupportedModelException.class)
        .isThrownBy(() -> spec(folder))
        .withMessageContaining("[pixels]");
  }

  @Test
  void aFlippedBitInTheHubsCacheIsRefused() throws IOException {
    Path folder = folder();
    Path blobs = Files.createDirectories(temp.resolve("blobs"));
    Path blob = blobs.resolve(BUILTIN.tokenizer());
    Files.move(folder.resolve("tokenizer.json"), blob);
    Files.createSymbolicLink(folder.resolve("tokenizer.json"), blob);
    assertThat(spec(folder)).isEqualTo(BUILTIN);
    byte[] bytes = Files.readAllBytes(blob);
    bytes[1000] ^= 1;
    Files.write(blob, bytes);
    assertThatExceptionOfType(ModelFilesException.class)
        .isThrownBy(() -> spec(folder))
        .withMessageContaining("its blob's");
    Path small = blobs.resolve("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"); // git's empty file
    Files.write(small, new byte[] {1});
    Files.delete(folder.resolve("config.json"));
    Files.createSymbolicLink(folder.resolve("config.json"), small);
    assertThatExceptionOfType(ModelFilesException.class)
        .isThrownBy(() -> spec(folder))
        .withMessageContaining("e69de29b");
  }

  @Test
  void isTheSameInAStoreAndHealsItsCopies() throws IOException {
    Path cache = temp.resolve("cache");
    try (LocalStore store = LocalStore.open(temp.resolve("home"))) {
      ModelRef ref = ModelRef.stored(store(store), "");
      ModelFiles files = ModelFiles.of(ref, cache, store);
      assertThat(files.spec()).isEqualTo(BUILTIN);
      byte[] bytes = Files.readAllBytes(files.weights());
      bytes[bytes.length / 2] ^= 4;
      Files.write(files.weights(), bytes);
      assertThat(ModelFiles.of(ref, cache, store).spec()).isEqualTo(BUILTIN);
      assertThat(Sha256.ofFile(files.weights())).isEqualTo(BUILTIN.weights());
      assertThatExceptionOfType(UnsupportedModelException.class)
          .isThrownBy(() -> ModelFiles.of(ref, cache));
    }
  }

  private static Cid store(LocalStore store) throws IOException {
    ModelFolder folder = ModelFolder.open(ModelRef.parse(whole.toString()), OFFLINE);
    try (var writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, shared);
      DirectoryWriter root = objects.directory();
      DirectoryWriter onnx = objects.directory();
      DirectoryWriter pooling = objects.directory();
      for (String path : folder.files()) {
        FileWriter file = objects.file();
        try (InputStream in = folder.open(path)) {
          file.write(in.readAllBytes());
        }
        String name = path.substring(path.indexOf('/') + 1);
        (path.startsWith("onnx/") ? onnx : path.startsWith("1_") ? pooling : root)
            .add(name, file.finish());
      }
      root.add("onnx", onnx.finish());
      root.add("1_Pooling", pooling.finish());
      Cid cid = root.finish().cid();
      writer.seal();
      return cid;
    }
  }
}
