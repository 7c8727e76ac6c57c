package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.extensions.avro.io.AvroIO;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.TextSource;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.options.ValueProvider.StaticValueProvider;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.SourceTestUtils;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beam's own IOs over {@code ipfs://}, as they are. */
class BeamReadTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Case").fields().requiredString("name").requiredInt("year").endRecord();

  @TempDir Path temp;
  private Home home;
  private Path input;

  @BeforeEach
  void prepare() throws IOException {
    home = new Home(temp.resolve("home"));
    input = Files.createDirectory(temp.resolve("input"));
  }

  @Test
  void textIoReadsLines() throws IOException {
    Files.writeString(input.resolve("a.txt"), "one\ntwo\n");
    Files.writeString(input.resolve("b.txt"), "three");
    Files.writeString(input.resolve("c.csv"), "no");
    try (GZIPOutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(input.resolve("d.txt.gz")))) {
      packed.write("four\n".getBytes(StandardCharsets.UTF_8));
    }
    Cid root = home.add(input);
    Pipeline pipeline = home.pipeline();
    PAssert.that(pipeline.apply(TextIO.read().from("ipfs://" + root + "/*.txt*")))
        .containsInAnyOrder("one", "two", "three", "four");
    PipelineResult result = pipeline.run();
    assertThat(Lineage.query(result.metrics(), Lineage.Type.SOURCE))
        .containsExactlyInAnyOrder(
            "ipfs:" + root + ".`a.txt`",
            "ipfs:" + root + ".`b.txt`",
            "ipfs:" + root + ".`d.txt.gz`");
  }

  /** Lines of very different lengths, so that ranges and blocks end anywhere in them. */
  @Test
  void textIoReadsEveryLineOfALargeFileOnceHoweverItIsSplit() throws Exception {
    List<String> lines =
        IntStream.range(0, 40_000)
            .mapToObj(i -> i + " " + "x".repeat((int) (i * 2654435761L % 211)))
            .collect(Collectors.toList());
    Files.write(input.resolve("large.txt"), lines);
    String address = "ipfs://" + home.add(input) + "/large.txt";
    Pipeline pipeline = home.pipeline();
    TextSource source = lineSource(address);
    List<? extends BoundedSource<String>> parts = source.split(300_000, pipeline.getOptions());
    assertThat(parts).hasSizeGreaterThan(10);
    List<String> all = new ArrayList<>();
    for (BoundedSource<String> part : parts) {
      all.addAll(SourceTestUtils.readFromSource(part, pipeline.getOptions()));
    }
    assertThat(all).isEqualTo(lines);
    PCollection<String> read = pipeline.apply(TextIO.read().from(address));
    PAssert.thatSingleton(read.apply(Count.globally())).isEqualTo((long) lines.size());
    PAssert.that(read).containsInAnyOrder(lines);
    pipeline.run();
  }

  @Test
  void fileIoMatchesAndReads() throws IOException {
    Cid root = home.add(List.of("a/one", "a/two", "b/three"));
    Pipeline pipeline = home.pipeline();
    PCollection<String> contents =
        pipeline
            .apply(Create.of("ipfs://" + root + "/a/*", "ipfs://" + root + "/b/three"))
            .apply(FileIO.matchAll())
            .apply(FileIO.readMatches())
            .apply(MapElements.into(TypeDescriptors.strings()).via(BeamReadTest::content));
    PAssert.that(contents).containsInAnyOrder("a/one", "a/two", "b/three");
    pipeline.run();
  }

  @Test
  void avroIoReadsRecords() throws IOException {
    List<GenericRecord> records = records();
    Pipeline writing = home.pipeline();
    writing
        .apply(Create.of(records).withCoder(AvroCoder.of(SCHEMA)))
        .apply(
            AvroIO.writeGenericRecords(SCHEMA)
                .to(input + "/cases")
                .withSuffix(".avro")
                .withNumShards(3));
    writing.run();
    Cid root = home.add(input);
    Pipeline pipeline = home.pipeline();
    PAssert.that(
            pipeline.apply(AvroIO.readGenericRecords(SCHEMA).from("ipfs://" + root + "/*.avro")))
        .containsInAnyOrder(records);
    pipeline.run();
  }

  @Test
  void parquetIoReadsRecords() throws IOException {
    List<GenericRecord> records = records();
    Pipeline writing = home.pipeline();
    writing
        .apply(Create.of(records).withCoder(AvroCoder.of(SCHEMA)))
        .apply(
            FileIO.<GenericRecord>write()
                .via(ParquetIO.sink(SCHEMA))
                .to(input.toString())
                .withSuffix(".parquet")
                .withNumShards(2));
    writing.run();
    Cid root = home.add(input);
    Pipeline pipeline = home.pipeline();
    PAssert.that(pipeline.apply(ParquetIO.read(SCHEMA).from("ipfs://" + root + "/*.parquet")))
        .containsInAnyOrder(records);
    pipeline.run();
  }

  @Test
  void aDamagedBlockFailsThePipeline() throws IOException {
    Files.write(
        input.resolve("large.txt"), "line\n".repeat(600_000).getBytes(StandardCharsets.UTF_8));
    Cid root = home.add(input);
    home.flipABit();
    Pipeline pipeline = home.pipeline();
    pipeline.apply(TextIO.read().from("ipfs://" + root + "/*"));
    assertThatThrownBy(pipeline::run).hasRootCauseInstanceOf(CorruptBlockException.class);
  }

  private static TextSource lineSource(String address) {
    return new TextSource(
        StaticValueProvider.of(address), EmptyMatchTreatment.DISALLOW, new byte[] {'\n'});
  }

  private static List<GenericRecord> records() {
    return IntStream.range(0, 500)
        .<GenericRecord>mapToObj(
            i ->
                new GenericRecordBuilder(SCHEMA)
                    .set("name", "case " + i)
                    .set("year", 1800 + i % 200)
                    .build())
        .toList();
  }

  private static String content(FileIO.ReadableFile file) {
    try {
      return file.readFullyAsUTF8String();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
