package dev.cairn.runners.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.beam.FileReceipt;
import dev.cairn.io.beam.IpfsIO;
import dev.cairn.io.beam.IpfsOptions;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others on Flink, which read and write {@code ipfs://} by the class path alone. */
class IpfsOnFlinkTest {
  private static final int FILES = 60;

  @TempDir Path temp;
  private Path folder;
  private Cid root;

  @BeforeEach
  void add() throws IOException {
    folder = Files.createDirectory(temp.resolve("folder"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve("file-" + i + ".txt"), "line " + i);
    }
    try (LocalStore store = LocalStore.open(temp.resolve("home"));
        BlockWriter writer = store.newWriter()) {
      root = new FolderAdd(writer, temp, AddOptions.standard()).add(folder).cid();
      writer.seal();
    }
  }

  @Test
  void readsLines() throws IOException {
    Pipeline pipeline = pipeline();
    pipeline
        .apply(TextIO.read().from("ipfs://" + root + "/file-*.txt"))
        .apply(TextIO.write().to(temp.resolve("lines").toString()).withoutSharding());
    pipeline.run().waitUntilFinish();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      expected.add("line " + i);
    }
    assertThat(Files.readAllLines(temp.resolve("lines")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void writesTheFolderThatItRead() throws IOException {
    Pipeline pipeline = pipeline();
    pipeline
        .apply(IpfsIO.read().from("ipfs://" + root))
        .apply(
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(byte[].class)))
                .via(
                    file -> {
                      String name = file.getMetadata().resourceId().getFilename();
                      String number = name.replaceAll("\\D", "");
                      return KV.of(
                          "copy/" + name, ("line " + number).getBytes(StandardCharsets.UTF_8));
                    }))
        .apply(IpfsIO.write().withPinReason("on Flink"))
        .getRoot()
        .apply(MapElements.into(TypeDescriptors.strings()).via(FileReceipt::getCid))
        .apply(TextIO.write().to(temp.resolve("root").toString()).withoutSharding());
    pipeline.run().waitUntilFinish();
    Path above = Files.createDirectory(temp.resolve("above"));
    Files.move(folder, above.resolve("copy"));
    Cid expected =
        new FolderAdd(BlockWriter.discarding(), temp, AddOptions.standard()).add(above).cid();
    assertThat(Files.readString(temp.resolve("root")).strip()).isEqualTo(expected.toString());
    try (LocalStore store = LocalStore.open(temp.resolve("home"))) {
      assertThat(store.pins().list())
          .containsExactly(new Pin(expected, Pin.Kind.PERSISTENT, "on Flink"));
      assertThat(store.verify().all().isClean()).isTrue();
    }
  }

  private Pipeline pipeline() {
    FlinkPipelineOptions options = PipelineOptionsFactory.create().as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(2);
    options.setExecutionModeForBatch("BATCH_FORCED");
    options.as(IpfsOptions.class).setCairnHome(temp.resolve("home").toString());
    return Pipeline.create(options);
  }
}
