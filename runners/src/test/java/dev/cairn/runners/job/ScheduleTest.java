package dev.cairn.runners.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void tellsTheNextAndTheLastTime() {
    Schedule nightly = Schedule.of("30 3 * * *", ZoneOffset.UTC);
    Instant noon = Instant.parse("2026-11-28T12:00:00Z");
    assertThat(nightly.next(noon)).contains(Instant.parse("2026-11-29T03:30:00Z"));
    assertThat(nightly.last(noon)).contains(Instant.parse("2026-11-28T03:30:00Z"));
    Instant due = Instant.parse("2026-11-28T03:30:30Z");
    assertThat(nightly.last(due)).contains(Instant.parse("2026-11-28T03:30:00Z"));
    assertThat(nightly.next(due)).contains(Instant.parse("2026-11-29T03:30:00Z"));
  }

  @Test
  void keepsTheTimeOfDayWhereClocksAreChanged() {
    Schedule nightly = Schedule.of("0 4 * * *", BERLIN);
    assertThat(nightly.next(Instant.parse("2026-03-28T12:00:00Z")))
        .as("summer time has begun")
        .contains(Instant.parse("2026-03-29T02:00:00Z"));
    assertThat(nightly.next(Instant.parse("2026-10-24T12:00:00Z")))
        .as("and has ended")
        .contains(Instant.parse("2026-10-25T03:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 3 * * *       | *-*-* 3:0:00 UTC
          */15 * * * *    | *-*-* *:0,15,30,45:00 UTC
          5 0-6/3 1,15 * *| *-*-1,15 0,3,6:5:00 UTC
          0 0 * 2-4 *     | *-2,3,4-* 0:0:00 UTC
          0 0 * * 0       | Sun *-*-* 0:0:00 UTC
          0 0 * * 6-7     | Sat,Sun *-*-* 0:0:00 UTC
          """)
  void isTheSameForSystemd(String cron, String calendar) {
    assertThat(Schedule.of(cron, ZoneId.of("UTC")).toCalendar()).isEqualTo(calendar);
  }
}
