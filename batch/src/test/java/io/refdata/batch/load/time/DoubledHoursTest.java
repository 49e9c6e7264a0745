package io.refdata.batch.load.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lines of one series in Berlin, where 2020-10-25 02:00 to 02:59 comes twice: 00:00Z and 01:00Z.
 */
class DoubledHoursTest {
  private final TimeColumn times =
      new TimeColumn(
          Frequency.N,
          Source.column(
              "t",
              new TimeForm(
                  "yyyy-MM-dd HH:mm",
                  null,
                  null,
                  false,
                  "Europe/Berlin",
                  null,
                  null,
                  null,
                  false,
                  null)));

  @ParameterizedTest
  @CsvSource({
    "forwards, 01:00 02:00 02:00 03:00, 23:00 00:00 01:00 02:00",
    "backwards, 03:00 02:00 02:00 01:00, 02:00 01:00 00:00 23:00",
    "begins within and goes back, 02:00 02:00 01:00, 01:00 00:00 23:00",
    "ends within, 01:00 02:00 02:00, 23:00 00:00 01:00",
    "quarters, 01:45 02:00 02:30 02:00 02:30 03:00, 23:45 00:00 00:30 01:00 01:30 02:00",
    "quarters alone, 02:00 02:30 02:00 02:30, 00:00 00:30 01:00 01:30",
    "quarters alone and back, 02:30 02:00 02:30 02:00, 01:30 01:00 00:30 00:00",
    "gaps, 01:00 02:30 02:15 03:00, 23:00 00:30 01:15 02:00"
  })
  void theOrderOfTheLinesTells(String what, String local, String expected) {
    assertThat(read(local)).as(what).isEqualTo(List.of(expected.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "the second hour of a split file, 02:00 03:00",
    "the first hour of a split file, 01:00 02:00",
    "only the hour, 02:00 02:00",
    "two quarters that may go back, 02:30 02:15",
    "sorted by the text, 01:45 02:00 02:00 02:15 02:15 03:00",
    "in no order, 03:00 02:00 02:00 03:00"
  })
  void whatTheLinesDoNotTellIsNotTold(String what, String local) {
    List<String> told = read(local);
    for (int i = 0; i < told.size(); i++) {
      boolean doubled = local.split(" ")[i].startsWith("02");
      assertThat(told.get(i) == null).as("%s, line %d", what, i).isEqualTo(doubled);
    }
  }

  /** Both are 08:00 in UTC: one before the clocks are set back, one after. */
  @Test
  void anHourThatComesTwiceInOneZoneComesOnceInAnother() {
    TimeColumn zoned =
        new TimeColumn(
            Frequency.H,
            Source.column(
                "t",
                new TimeForm(
                    "yyyy-MM-dd HH:mm", null, null, false, "UTC", null, null, null, false, null)));
    String zone = TimeColumn.BEFORE_ZONE;
    long twice = zoned.parse("2022-11-06 01:00" + zone + "America/Los_Angeles");
    assertThat(zoned.later()).isNotEqualTo(TimeColumn.NONE);
    char[] once = ("2022-11-06 03:00" + zone + "America/New_York").toCharArray();
    for (int time = 0; time < 2; time++) {
      assertThat(zoned.parse(once, 0, once.length)).isEqualTo(twice);
      assertThat(zoned.later()).isEqualTo(TimeColumn.NONE);
    }
  }

  private List<@Nullable String> read(String local) {
    DoubledHours hours = new DoubledHours();
    String[] texts = local.split(" ");
    for (int i = 0; i < texts.length; i++) {
      long start = times.parse("2020-10-25 " + texts[i]);
      hours.add("FRA", i, start, times.later());
    }
    hours.end();
    List<@Nullable String> told = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      long start = times.parse("2020-10-25 " + texts[i]);
      long later = times.later();
      long instant = later == TimeColumn.NONE ? start : hours.of(i, start, later);
      told.add(
          instant == TimeColumn.NONE
              ? null
              : Instant.EPOCH.plus(instant, ChronoUnit.MICROS).toString().substring(11, 16));
    }
    return told;
  }
}
