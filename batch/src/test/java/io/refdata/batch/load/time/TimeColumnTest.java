package io.refdata.batch.load.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import io.refdata.persistence.sql.BinaryCopy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeColumnTest {
  @ParameterizedTest
  @CsvSource({
    "A,, 2020, 2020-01-01T00:00:00Z",
    "A,, 2020.0, 2020-01-01T00:00:00Z",
    "M,, 2020-03, 2020-03-01T00:00:00Z",
    "M,, 2020M03, 2020-03-01T00:00:00Z",
    "M,, 202003, 2020-03-01T00:00:00Z",
    "M,, 2020-03-31, 2020-03-01T00:00:00Z",
    "Q,, 2019q3, 2019-07-01T00:00:00Z",
    "Q,, 2019-12-31, 2019-10-01T00:00:00Z",
    "S,, 2019S2, 2019-07-01T00:00:00Z",
    "W,, 2020W1, 2019-12-30T00:00:00Z",
    "W,, 2020-01-05, 2019-12-30T00:00:00Z",
    "D,, 2020-W01-3, 2020-01-01T00:00:00Z",
    "D,, 2020-01-01 00:00:00, 2020-01-01T00:00:00Z",
    "D,, 20200229, 2020-02-29T00:00:00Z",
    "D,, 20200229.0, 2020-02-29T00:00:00Z",
    "D,, 2020-060, 2020-02-29T00:00:00Z",
    "D,, 2020W096, 2020-02-29T00:00:00Z",
    "M,, 20200131, 2020-01-01T00:00:00Z",
    "H,, 20200301T0800Z, 2020-03-01T08:00:00Z",
    "H,, 2020-03-01T24:00:00Z, 2020-03-02T00:00:00Z",
    "H,, 2020-01-01T05:00Z, 2020-01-01T05:00:00Z",
    "Q, yyyy'Q'q, 2019Q3, 2019-07-01T00:00:00Z",
    "D,, 2020-02-29, 2020-02-29T00:00:00Z",
    "A, yyyy, 1950, 1950-01-01T00:00:00Z",
    "D, dd/MM/yyyy, 05/11/2017, 2017-11-05T00:00:00Z",
    "D, MMM d yyyy, nov 5 2017, 2017-11-05T00:00:00Z",
    "H, yyyy-MM-dd'T'HH:mm:ssXXX, 2017-11-05T02:00:00+02:00, 2017-11-05T00:00:00Z",
    "N, MM/dd/yyyy HH:mm:ss, 11/22/2017 23:55:00, 2017-11-22T23:55:00Z"
  })
  void aTextThatNamesAPeriodIsItsStart(
      Frequency frequency, @Nullable String pattern, String text, Instant start) {
    TimeColumn column = column(frequency, pattern);
    assertThat(column.parse(text)).isEqualTo(BinaryCopy.micros(start));
  }

  @ParameterizedTest
  @CsvSource({
    "A,, 2020-05-01",
    "A,, 2020-12",
    "M,, 2020-03-30",
    "M,, 2020M13",
    "D,, 2020-01-01 10:00",
    "H,, 2020-01-01T05:30Z",
    "H,, 2020-01-01T05:00",
    "H,, 2020-01-01 00:00",
    "H, yyyy-MM-dd HH:mm:ss.SSS, 2020-01-01 05:00:00.001",
    "H, yyyy-MM-dd HH:mm VV, 2020-03-29 02:30 Europe/Berlin",
    "D,, 20200230",
    "D,, 2021-366",
    "D,, 202002",
    "M,, 20200230",
    "H,, 20200301T0800",
    "H,, 2020-03-01T25:00:00Z",
    "H,, 2020-03-01T24:01:00Z",
    "A,, twenty",
    "A,, ''",
    "D,, 2019-02-29",
    "D, dd/MM/yyyy, 31/02/2017",
    "D, dd/MM/yyyy, 2017-11-05",
    "H, yyyy-MM-dd HH:mm, 2017-11-05 02:30",
    "A, yyyy, 20200"
  })
  void aTextThatNamesNoneIsNone(Frequency frequency, @Nullable String pattern, String text) {
    TimeColumn column = column(frequency, pattern);
    assertThat(column.parse(text)).isEqualTo(TimeColumn.NONE);
    assertThat(column.badTime(text).code()).isEqualTo("BAD_TIME");
  }

  @Test
  void anyDayStandsForItsPeriodIfTheLayoutSaysSo() {
    TimeColumn column =
        new TimeColumn(
            Frequency.W,
            Source.column(
                "time", new TimeForm(null, null, null, true, null, null, null, null, false, null)));
    assertThat(column.parse("2020-01-03"))
        .isEqualTo(BinaryCopy.micros(Instant.parse("2019-12-30T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "2020-03-01 08:00, 2020-03-01T07:00:00Z",
    "20200301T0800, 2020-03-01T07:00:00Z",
    "2020-03-01 24:00, 2020-03-01T23:00:00Z",
    "2020-03-01T24:00:00, 2020-03-01T23:00:00Z",
    "20200301T0800Z, 2020-03-01T08:00:00Z"
  })
  void localTimesAreReadInTheFormsOfIso(String text, Instant start) {
    TimeForm form =
        new TimeForm(null, null, null, false, "Europe/Berlin", null, null, null, false, null);
    TimeColumn column = new TimeColumn(Frequency.H, Source.column("time", form));
    assertThat(column.parse(text)).isEqualTo(BinaryCopy.micros(start));
  }

  @Test
  void aTextThatComesAgainMeansTheSame() {
    TimeColumn column = column(Frequency.D, null);
    Instant first = Instant.parse("1900-01-01T00:00:00Z");
    for (int round = 0; round < 2; round++) {
      for (int day = 0; day < 5_000; day++) {
        Instant start = first.plusSeconds(86_400L * day);
        char[] text = ("x" + start.toString().substring(0, 10) + "x").toCharArray();
        assertThat(column.parse(text, 1, 11)).isEqualTo(BinaryCopy.micros(start));
      }
      assertThat(column.parse("nothing".toCharArray(), 0, 7)).isEqualTo(TimeColumn.NONE);
    }
  }

  private static TimeColumn column(Frequency frequency, @Nullable String pattern) {
    return new TimeColumn(
        frequency,
        Source.column("time", pattern == null ? TimeForm.USUAL : TimeForm.of(pattern, null)));
  }
}
