package dev.cairn.runners.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.transforms.record.StoreNotSharedException;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory.RootExceptionInfo;
import org.junit.jupiter.api.Test;

class SetbackTest {
  private static Setback of(String trace) {
    return Setback.of(new RootExceptionInfo("name", trace, 1, Map.of(), List.of()));
  }

  @Test
  void tellsWhatWasTheCauseOfAllElse() {
    Setback setback =
        of(
            """
            java.lang.RuntimeException: a
            \tat x
            Caused by: b.B: no
            \tat y
            Caused by: c.C: x
            """);
    assertThat(setback.cause()).isEqualTo("c.C: x");
    assertThat(setback.refusal()).isEmpty();
    assertThat(of("java.lang.Exception: alone\n\tat x").cause())
        .isEqualTo("java.lang.Exception: alone");
  }

  @Test
  void knowsAWorkerThatRefuses() {
    String name = StoreNotSharedException.class.getName();
    assertThat(
            of("x: y\nCaused by: " + name + ": Cannot use store\n\tat z\nCaused by: a.B: no file")
                .refusal())
        .contains("Cannot use store");
  }
}
