package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferencePoolTest {
  @Test
  void embeds(@TempDir Path cache) throws Exception {
    ModelFiles files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
    try (InferencePool pool = InferencePool.acquire(files, 256)) {
      List<float[]> vectors = pool.embed(List.of("hello world", "goodbye"));
      assertThat(vectors.get(0)).hasSize(384);
    }
  }
}
