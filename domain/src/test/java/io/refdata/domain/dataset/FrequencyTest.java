package io.refdata.domain.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyTest {
  @ParameterizedTest
  @CsvSource({
    "A, 2020,                 2020-01-01T00:00:00Z, 2021-01-01T00:00:00Z",
    "A, 0001,                 0001-01-01T00:00:00Z, 0002-01-01T00:00:00Z",
    "A, 9999,                 9999-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
    "S, 2020-S1,              2020-01-01T00:00:00Z, 2020-07-01T00:00:00Z",
    "S, 2020-S2,              2020-07-01T00:00:00Z, 2021-01-01T00:00:00Z",
    "Q, 2020-Q1,              2020-01-01T00:00:00Z, 2020-04-01T00:00:00Z",
    "Q, 2020-Q4,              2020-10-01T00:00:00Z, 2021-01-01T00:00:00Z",
    "M, 2020-02,              2020-02-01T00:00:00Z, 2020-03-01T00:00:00Z",
    "M, 2020-12,              2020-12-01T00:00:00Z, 2021-01-01T00:00:00Z",
    "W, 2020-W01,             2019-12-30T00:00:00Z, 2020-01-06T00:00:00Z",
    "W, 2020-W05,             2020-01-27T00:00:00Z, 2020-02-03T00:00:00Z",
    "W, 2020-W53,             2020-12-28T00:00:00Z, 2021-01-04T00:00:00Z",
    "W, 2021-W01,             2021-01-04T00:00:00Z, 2021-01-11T00:00:00Z",
    "D, 2020-02-29,           2020-02-29T00:00:00Z, 2020-03-01T00:00:00Z",
    "D, 2000-02-29,           2000-02-29T00:00:00Z, 2000-03-01T00:00:00Z",
    "H, 2020-03-01T05:00:00Z, 2020-03-01T05:00:00Z, 2020-03-01T06:00:00Z",
    "N, 2020-03-01T05:59:00Z, 2020-03-01T05:59:00Z, 2020-03-01T06:00:00Z"
  })
  void aPeriodIsParsedAsItIsFormatted(
      Frequency frequency, String text, Instant start, Instant end) {
    assertThat(frequency.parse(text)).contains(start);
    assertThat(frequency.format(start)).isEqualTo(text);
    assertThat(frequency.next(start)).isEqualTo(end);
    assertThat(frequency.floor(start)).isEqualTo(start);
    assertThat(frequency.floor(end.minusNanos(1))).isEqualTo(start);
  }

  @ParameterizedTest
  @EnumSource(Frequency.class)
  void periodsFollowOneAnotherWithoutGaps(Frequency frequency) {
    Instant start = frequency.floor(Instant.parse("2019-12-31T23:59:59.999999Z"));
    for (int i = 0; i < 500; i++) {
      Instant next = frequency.next(start);
      assertThat(next).isAfter(start);
      assertThat(frequency.floor(next)).isEqualTo(next);
      assertThat(frequency.floor(next.minusNanos(1000))).isEqualTo(start);
      assertThat(frequency.parse(frequency.format(next))).contains(next);
      start = next;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "A, 2020-01-01",
    "A, 2020-A1",
    "A, 2020-01-01T00:00:00Z",
    "A, 2020-01-01T02:00:00+02:00",
    "S, 2020-07-01",
    "M, 2020-M07",
    "W, 2019-12-30",
    "D, 2020-01-01T00:00:00Z"
  })
  void theFirstDayOrInstantOfAPeriodNamesIt(Frequency frequency, String text) {
    assertThat(frequency.parse(text)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "A, 2020-01",
    "A, 2020-Q1",
    "S, 2020-07",
    "Q, 2020-S2",
    "Q, 2020-01",
    "M, 2020",
    "M, 2020-Q1",
    "D, 2020",
    "D, 2020-02",
    "H, 2020-03-01",
    "N, 2020-03-01"
  })
  void aPeriodOfAnotherFrequencyThatBeginsAtTheSameTimeIsNone(Frequency frequency, String text) {
    assertThat(frequency.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "D, 20200229,                  2020-02-29T00:00:00Z",
    "D, 2020-060,                  2020-02-29T00:00:00Z",
    "D, 2020-366,                  2020-12-31T00:00:00Z",
    "D, 2020-W09-6,                2020-02-29T00:00:00Z",
    "D, 2020W096,                  2020-02-29T00:00:00Z",
    "D, 2020-W53-7,                2021-01-03T00:00:00Z",
    "D, 2020-02-28T24:00:00Z,      2020-02-29T00:00:00Z",
    "A, 20200101,                  2020-01-01T00:00:00Z",
    "M, 2020-061,                  2020-03-01T00:00:00Z",
    "W, 2020W09,                   2020-02-24T00:00:00Z",
    "W, 2020W091,                  2020-02-24T00:00:00Z",
    "H, 20200301T0800Z,            2020-03-01T08:00:00Z",
    "H, 20200301T080000Z,          2020-03-01T08:00:00Z",
    "H, '20200301T080000,000Z',    2020-03-01T08:00:00Z",
    "H, 20200301T0800+02,          2020-03-01T06:00:00Z",
    "H, 20200301T0800-0430,        2020-03-01T12:30:00Z",
    "H, 2020-061T08:00Z,           2020-03-01T08:00:00Z",
    "H, 20200301T2400Z,            2020-03-02T00:00:00Z",
    "H, 2020-03-01T24:00Z,         2020-03-02T00:00:00Z",
    "H, 2020-03-01T24:00:00.000Z,  2020-03-02T00:00:00Z",
    "H, 2020-12-31T24:00:00+01:00, 2020-12-31T23:00:00Z",
    "N, 20200301T0801Z,            2020-03-01T08:01:00Z"
  })
  void theFormsOfIsoAreRead(Frequency frequency, String text, Instant start) {
    assertThat(frequency.startOfOwn(text)).contains(start);
    assertThat(frequency.parse(text).isPresent()).isEqualTo(frequency.floor(start).equals(start));
  }

  @ParameterizedTest
  @CsvSource({
    "A, 2020-02-01",
    "A, 2020-01-01T02:00:00-02:00",
    "S, 2020-Q2",
    "Q, 2020-02",
    "M, 2020-02-02",
    "W, 2020",
    "D, 2020-03-01T05:00:00Z",
    "H, 2020-03-01T05:30:00Z",
    "N, 2020-03-01T05:30:30Z"
  })
  void aStartWithinAPeriodDoesNotNameIt(Frequency frequency, String text) {
    assertThat(frequency.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20",
        "20200",
        "2020-",
        "2020-00",
        "2020-13",
        "2020-1",
        "2020-A2",
        "2020-S0",
        "2020-S3",
        "2020-Q5",
        "2020-W00",
        "2019-W53",
        "2021-W53",
        "2020-W54",
        "2020-02-30",
        "2019-02-29",
        "1900-02-29",
        "2020-3-1",
        "01/02/2020",
        "2020-03-01T05:00:00",
        "2020-03-01T25:00:00Z",
        "2020-02-30T00:00:00Z",
        "+10000-01-01",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "0000",
        "0000-12-31",
        "T",
        "20200230",
        "20201301",
        "00000101",
        "2020060",
        "2021-366",
        "2020-000",
        "2020-367",
        "2020W000",
        "2021W531",
        "2020W098",
        "2020-W096",
        "2020W09-6",
        "20200301T0800",
        "20200301T2500Z",
        "20200301T2401Z",
        "20200301T240001Z",
        "20200301T08:00Z",
        "2020-03-01T0800Z",
        "20200230T0800Z",
        "2020-03-01T24:01:00Z",
        "2020-03-01T24:00:01Z",
        "2020-03-01T24:00",
        "2020-02-30T24:00:00Z",
        "9999-12-31T24:00:00Z"
      })
  void textsThatNameNoPeriodHaveNoStartAndNoEnd(String text) {
    assertThat(Frequency.startOf(text)).isEmpty();
    assertThat(Frequency.endOf(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2020,                      2021-01-01T00:00:00Z",
    "2020-A1,                   2021-01-01T00:00:00Z",
    "2020-S1,                   2020-07-01T00:00:00Z",
    "2020-Q3,                   2020-10-01T00:00:00Z",
    "2020-02,                   2020-03-01T00:00:00Z",
    "2020-M02,                  2020-03-01T00:00:00Z",
    "2020-W53,                  2021-01-04T00:00:00Z",
    "2020-02-28,                2020-02-29T00:00:00Z",
    "20200228,                  2020-02-29T00:00:00Z",
    "2020-059,                  2020-02-29T00:00:00Z",
    "2020W53,                   2021-01-04T00:00:00Z",
    "2020W537,                  2021-01-04T00:00:00Z",
    "20200301T0500Z,            2020-03-01T05:00:00.000001Z",
    "2020-02-29T24:00Z,         2020-03-01T00:00:00.000001Z",
    "2020-03-01T05:00:00Z,      2020-03-01T05:00:00.000001Z",
    "2020-03-01T05:00:00+05:30, 2020-02-29T23:30:00.000001Z"
  })
  void theEndOfAPeriodIsTheFirstInstantAfterIt(String text, Instant end) {
    assertThat(Frequency.endOf(text)).contains(end);
  }

  @Test
  void periodsOfInstantsAreInUtc() {
    Instant instant = Instant.parse("2020-12-31T23:59:59Z");
    assertThat(Frequency.A.format(Frequency.A.floor(instant))).isEqualTo("2020");
    assertThat(Frequency.W.format(Frequency.W.floor(instant))).isEqualTo("2020-W53");
    assertThat(Frequency.W.format(Frequency.W.floor(instant.plusSeconds(1)))).isEqualTo("2020-W53");
    assertThat(Frequency.startOf("2021-01-01T01:00:00+01:00")).contains(instant.plusSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(Frequency.class)
  void atMostIsAnUpperBoundForThePeriodsInARange(Frequency frequency) {
    Instant from = frequency.floor(Instant.parse("2019-11-07T05:30:00Z"));
    Instant next = from;
    for (int periods = 1; periods <= 200; periods++) {
      Instant last = next;
      next = frequency.next(last);
      assertThat(frequency.atMost(from, last.plusNanos(1_000)))
          .isBetween((long) periods, periods + 1 + periods / 10L);
    }
    assertThat(frequency.atMost(from, from)).isZero();
    assertThat(frequency.atMost(next, from)).isZero();
  }

  @Test
  void numbersFollowEachOtherAndLeadBackToTheirPeriods() {
    for (Frequency frequency : Frequency.values()) {
      for (String text : new String[] {"0001-01-01", "1969-12-31", "1970-01-01", "2026-11-27"}) {
        Instant start = frequency.floor(Frequency.startOf(text).orElseThrow());
        long number = frequency.number(start);
        assertThat(frequency.startOf(number)).as(frequency + " " + text).isEqualTo(start);
        assertThat(frequency.number(frequency.next(start))).isEqualTo(number + 1);
        assertThat(frequency.number(frequency.next(start).minusNanos(1))).isEqualTo(number);
      }
      assertThat(frequency.number(Instant.EPOCH)).isZero();
    }
  }
}
