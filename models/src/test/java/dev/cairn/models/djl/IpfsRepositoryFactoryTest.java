package dev.cairn.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.translator.TextEmbeddingTranslatorFactory;
import ai.djl.inference.Predictor;
import ai.djl.repository.Repository;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelFilesException;
import dev.cairn.models.ModelRef;
import dev.cairn.models.OfflineDjl;
import dev.cairn.models.SentenceFolders;
import dev.cairn.models.embed.InferencePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's own way to a model, with the store of a folder. */
class IpfsRepositoryFactoryTest {
  private static final String TEXT = "The court holds that the writ must issue.";

  @TempDir static Path temp;
  private static Cid root;
  private static Path home = Path.of(".");

  @BeforeAll
  static void store() throws IOException {
    OfflineDjl.prefer();
    home = temp.resolve("home");
    Path folder = SentenceFolders.write(temp.resolve("model"), temp.resolve("cache"));
    Files.createDirectories(folder.resolve("libs"));
    Files.writeString(folder.resolve("libs/evil.jar"), "no jar");
    Files.createDirectories(folder.resolve("classes"));
    Files.writeString(folder.resolve("classes/Evil.class"), "no class");
    Files.writeString(folder.resolve("serving.properties"), "option.translatorFactory=Evil");
    Files.writeString(folder.resolve("modeling.py"), "import os");
    root = add(folder);
  }

  private static Cid add(Path folder) throws IOException {
    try (LocalStore store = LocalStore.open(home);
        var writer = store.newWriter()) {
      Cid added = new FolderAdd(writer, temp, AddOptions.standard()).add(folder).cid();
      writer.seal();
      return added;
    }
  }

  private static Repository repository(String uri) {
    Map<String, String> environment =
        Map.of("CAIRN_HOME", home.toString(), "STORAGE_FORCE_LOCAL", "1");
    return new IpfsRepositoryFactory(environment).newInstance("test", URI.create(uri));
  }

  @Test
  void djlFindsItByTheClassPath() {
    assertThat(ServiceLoader.load(ai.djl.repository.RepositoryFactory.class))
        .hasAtLeastOneElementOfType(IpfsRepositoryFactory.class);
    assertThat(new IpfsRepositoryFactory(Map.of()).getSupportedScheme()).containsExactly("ipfs");
    assertThat(
            new IpfsRepositoryFactory(Map.of("TRANSFORMERS_PATCH_DISABLE", "yes"))
                .getSupportedScheme())
        .isEmpty();
  }

  @Test
  void aModelOfTheStoreGivesTheVectorsOfItsFiles() throws Exception {
    Repository.registerRepositoryFactory(
        new IpfsRepositoryFactory(
            Map.of("CAIRN_HOME", home.toString(), "STORAGE_FORCE_LOCAL", "1")));
    Criteria<String, float[]> criteria =
        Criteria.builder()
            .setTypes(String.class, float[].class)
            .optModelUrls("ipfs://" + root + "/")
            .optEngine("OnnxRuntime")
            .optTranslatorFactory(new TextEmbeddingTranslatorFactory())
            .optArgument("includeTokenTypes", "true")
            .build();
    ModelFiles files =
        ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2-q"), temp.resolve("cache"));
    try (ZooModel<String, float[]> model = criteria.loadModel();
        Predictor<String, float[]> predictor = model.newPredictor();
        InferencePool pool = InferencePool.acquire(files, 256)) {
      assertThat(predictor.predict(TEXT))
          .containsExactly(pool.embed(List.of(TEXT)).get(0), within(1e-5f));
    }
  }

  @Test
  void nothingIsCopiedButTheModel() throws IOException {
    repository("ipfs://" + root);
    Path folder = home.resolve("cache/djl").resolve(root.toString());
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              "model.onnx",
              "tokenizer.json",
              "modules.json",
              "config.json",
              "1_Pooling/config.json");
    }
  }

  @Test
  void anotherUrlOrNoModelIsRefused() throws IOException {
    for (String uri : List.of("ipfs://model/", "ipfs://" + root + "/onnx", "ipfs:///")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> repository(uri))
          .withMessageContaining("ipfs://CID/");
    }
    Path folder = Files.createDirectory(temp.resolve("empty"));
    Files.writeString(folder.resolve("config.json"), "{}");
    Cid none = add(folder);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> repository("ipfs://" + none))
        .withCauseInstanceOf(ModelFilesException.class);
    String absent = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> repository("ipfs://" + absent));
  }
}
