package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.dataset.DataFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexGroupsTest {
  private final Random random = new Random(12);

  private List<DataFile> files(int count) {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = Long.toHexString(random.nextLong());
      Cid cid = Cid.hashOf(Codec.RAW, name.getBytes(StandardCharsets.UTF_8));
      files.add(new DataFile(DataFile.pathOf("chunks", name), cid, 1, 1));
    }
    return files;
  }

  @Test
  void fewShardsAreGroupsOfTheirOwn() {
    for (int count : new int[] {1, 2, 31, 63, 127, 255}) {
      assertThat(IndexGroups.of(files(count))).hasSize(count);
    }
  }

  @Test
  void groupsAreOfLikeSizeAndKeepTheOrder() {
    for (int count : new int[] {300, 1558, 20_000}) {
      List<DataFile> files = files(count);
      List<List<DataFile>> groups = IndexGroups.of(files);
      assertThat(groups.stream().flatMap(List::stream).toList()).isEqualTo(files);
      assertThat(groups.size())
          .as("of %s", count)
          .isBetween(IndexGroups.GROUPS - 7, 3 * IndexGroups.GROUPS);
      int largest = groups.stream().mapToInt(List::size).max().orElseThrow();
      assertThat((double) largest / count).isLessThan(0.02);
    }
  }

  @Test
  void whatIsAppendedReachesTheLastGroups() {
    List<DataFile> files = files(1558);
    List<List<DataFile>> before = IndexGroups.of(files);
    files.addAll(files(16));
    List<List<DataFile>> after = IndexGroups.of(files);
    int kept = before.size() - 1;
    assertThat(after.subList(0, kept)).isEqualTo(before.subList(0, kept));
    int again = after.stream().skip(kept).mapToInt(List::size).sum();
    assertThat((double) again / files.size()).isLessThan(0.05);
  }

  @Test
  void groupsAfterAChangeInTheMiddleAreThoseOfBefore() {
    List<DataFile> files = files(1558);
    List<List<DataFile>> before = IndexGroups.of(files);
    files.addAll(700, files(3));
    List<List<DataFile>> after = IndexGroups.of(files);
    assertThat(after.stream().filter(before::contains).count())
        .isGreaterThan(before.size() * 3L / 4);
  }

  @Test
  void aGroupGrowsInSteps() {
    int[] sizes = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48};
    int step = 0;
    for (int shards = 1; shards <= 48 * IndexGroups.GROUPS; shards++) {
      int size = IndexGroups.size(shards);
      step += size == sizes[step] ? 0 : 1;
      assertThat(size).as("of %s", shards).isEqualTo(sizes[step]);
    }
    assertThat(step).isEqualTo(sizes.length - 1);
  }
}
