package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of clocks that change in spring and in autumn. */
@ArquillianTest
class LocalTimesIT {
  private static final String ROME = "\"zone\": \"Europe/Rome\"";
  private static final String PATTERN = "yyyy-MM-dd HH:mm";

  private final LoadCases cases = new LoadCases("region=regions");

  private static String layout(String pattern, String zone) {
    return """
    "time": {"column": "clock", "pattern": "%s", %s}, "value": {"column": "load"},
    "dimensions": {"region": {"column": "where"}}
    """
        .formatted(pattern, zone);
  }

  /** The clocks of 30 October 2022; the instants are days and times of October, in UTC. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HOURS | H | 01:00 02:00 02:00 03:00 | 29T23:00 30T00:00 30T01:00 30T02:00
          QUARTER_HOURS | N | 01:45 02:00 02:15 02:30 02:45 02:00 02:15 02:30 02:45 03:00 \
            | 29T23:45 30T00:00 30T00:15 30T00:30 30T00:45 30T01:00 30T01:15 30T01:30 30T01:45 30T02:00
          HOURS_BACKWARDS | H | 03:00 02:00 02:00 01:00 | 30T02:00 30T01:00 30T00:00 29T23:00
          QUARTER_HOURS_BACKWARDS | N | 03:00 02:45 02:30 02:15 02:00 02:45 02:30 02:15 02:00 01:45 \
            | 30T02:00 30T01:45 30T01:30 30T01:15 30T01:00 30T00:45 30T00:30 30T00:15 30T00:00 29T23:45
          """)
  void anHourThatComesTwiceIsToldByTheOrderOfTheLines(
      String name, String frequency, String clocks, String instants) throws Exception {
    StringBuilder file = new StringBuilder("where,clock,load\n");
    List<String> observations = new ArrayList<>();
    String[] instant = instants.split(" ", -1);
    int amount = 0;
    for (String clock : clocks.split(" ", -1)) {
      file.append("ITA,2022-10-30 ").append(clock).append(',').append(++amount).append('\n');
      observations.add("ITA 2022-10-%s:00Z %d".formatted(instant[amount - 1], amount));
    }

    Outcome outcome =
        cases.load("CLOCKS_" + name, frequency, layout(PATTERN, ROME), file.toString());

    assertThat(outcome.observations()).containsExactlyInAnyOrderElementsOf(observations);
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read %1$d, inserted %1$d".formatted(amount));
  }

  @Test
  void eachSeriesHasAnOrderOfItsOwn() throws Exception {
    Outcome outcome =
        cases.load(
            "CLOCKS_SIDE_BY_SIDE",
            "H",
            layout(PATTERN, ROME),
            """
            where,clock,load
            ITA,2021-10-31 01:00,11
            MLT,2021-10-31 01:00,21
            ITA,2021-10-31 02:00,12
            MLT,2021-10-31 02:00,22
            ITA,2021-10-31 02:00,13
            MLT,2021-10-31 02:00,23
            ITA,2021-10-31 03:00,14
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "ITA 2021-10-30T23:00:00Z 11",
            "ITA 2021-10-31T00:00:00Z 12",
            "ITA 2021-10-31T01:00:00Z 13",
            "ITA 2021-10-31T02:00:00Z 14",
            "MLT 2021-10-30T23:00:00Z 21",
            "MLT 2021-10-31T00:00:00Z 22",
            "MLT 2021-10-31T01:00:00Z 23");
    assertThat(outcome.counts()).isEqualTo("read 7, inserted 7");
  }

  @Test
  void anEmptyCellInTheFirstOfTheHoursCountsInTheOrder() throws Exception {
    Outcome forwards =
        cases.load(
            "CLOCKS_EMPTY",
            "H",
            layout(PATTERN, ROME),
            """
            where,clock,load
            ITA,2020-10-25 01:00,1
            ITA,2020-10-25 02:00,
            ITA,2020-10-25 02:00,3
            ITA,2020-10-25 03:00,4
            """);
    assertThat(forwards.observations())
        .containsExactlyInAnyOrder(
            "ITA 2020-10-24T23:00:00Z 1",
            "ITA 2020-10-25T01:00:00Z 3",
            "ITA 2020-10-25T02:00:00Z 4");
    assertThat(forwards.counts()).isEqualTo("read 3, inserted 3");

    Outcome backwards =
        cases.load(
            "CLOCKS_EMPTY_BACKWARDS",
            "H",
            layout(PATTERN, ROME),
            """
            where,clock,load
            ITA,2020-10-25 03:00,1
            ITA,2020-10-25 02:00,
            ITA,2020-10-25 02:00,3
            ITA,2020-10-25 01:00,4
            """);
    assertThat(backwards.observations())
        .containsExactlyInAnyOrder(
            "ITA 2020-10-25T02:00:00Z 1",
            "ITA 2020-10-25T00:00:00Z 3",
            "ITA 2020-10-24T23:00:00Z 4");
  }

  @Test
  void theColumnsOfAWideFileHaveTheirEmptyCellsInDifferentLines() throws Exception {
    Outcome outcome =
        cases.load(
            "CLOCKS_WIDE",
            "H",
            """
            "time": {"column": "clock", "pattern": "yyyy-MM-dd HH:mm", "zone": "Europe/Rome"},
            "dimensions": {"region": {"header": true}}
            """,
            """
            clock,ITA,MLT
            2019-10-27 01:00,1,2
            2019-10-27 02:00,,4
            2019-10-27 02:00,5,
            2019-10-27 03:00,7,8
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "ITA 2019-10-26T23:00:00Z 1",
            "ITA 2019-10-27T01:00:00Z 5",
            "ITA 2019-10-27T02:00:00Z 7",
            "MLT 2019-10-26T23:00:00Z 2",
            "MLT 2019-10-27T00:00:00Z 4",
            "MLT 2019-10-27T02:00:00Z 8");
    assertThat(outcome.counts()).isEqualTo("read 6, inserted 6");
  }

  /** The lines of one hour lie in several blocks of the file, which several threads read. */
  @Test
  void theOrderIsThatOfTheWholeFile() throws Exception {
    PlatformClient client = PlatformForTests.client();
    List<String> regions =
        StreamSupport.stream(client.get("regions?limit=200").get("items").spliterator(), false)
            .map(region -> region.get("code").asText())
            .toList();
    ZoneId rome = ZoneId.of("Europe/Rome");
    Instant first = LocalDateTime.parse("2018-10-27T13:30").atZone(rome).toInstant();
    StringBuilder file = new StringBuilder("where,clock,load,note\n");
    List<String> observations = new ArrayList<>();
    for (int step = 0; step < 104; step++) {
      Instant instant = first.plus(15L * step, ChronoUnit.MINUTES);
      String clock = LocalDateTime.ofInstant(instant, rome).toString().replace('T', ' ');
      for (String region : regions) {
        String line = "%s,%s,%d,".formatted(region, clock, step);
        file.append(line).append("n".repeat(99 - line.length())).append('\n');
        observations.add("%s %s %d".formatted(region, instant, step));
      }
    }

    Outcome outcome = cases.load("CLOCKS_LONG", "N", layout(PATTERN, ROME), file.toString());

    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.observations()).hasSameSizeAs(observations);
    assertThat(new TreeSet<>(outcome.observations())).isEqualTo(new TreeSet<>(observations));
  }

  @Test
  void anOffsetTellsTheHourInAnyOrder() throws Exception {
    Outcome outcome =
        cases.load(
            "CLOCKS_OFFSET",
            "H",
            layout("yyyy-MM-dd HH:mm xxx", ROME),
            """
            where,clock,load
            ITA,2022-10-30 02:00 +01:00,6
            ITA,2022-10-30 01:00 +02:00,7
            ITA,2022-10-30 02:00 +02:00,8
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "ITA 2022-10-30T01:00:00Z 6",
            "ITA 2022-10-29T23:00:00Z 7",
            "ITA 2022-10-30T00:00:00Z 8");
  }

  @Test
  void aTimeThatTheClocksSkipIsRejected() throws Exception {
    Outcome outcome =
        cases.load(
            "CLOCKS_SKIPPED",
            "N",
            layout(PATTERN, ROME),
            """
            where,clock,load
            ITA,2022-03-27 01:45,1
            ITA,2022-03-27 02:00,2
            ITA,2022-03-27 02:30,3
            ITA,2022-03-27 03:00,4
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("ITA 2022-03-27T00:45:00Z 1", "ITA 2022-03-27T01:00:00Z 4");
    assertThat(outcome.rejects()).containsExactly("3 BAD_TIME", "4 BAD_TIME");
    assertThat(outcome.counts()).isEqualTo("read 4, inserted 2, rejected 2");
  }

  @Test
  void aColumnNamesTheZoneOfEachLine() throws Exception {
    Outcome outcome =
        cases.load(
            "CLOCKS_ZONES",
            "H",
            layout(
                PATTERN,
                """
                "zone": {"column": "tz", "map": {"EST": "-05:00", "PT": "America/Los_Angeles"}}\
                """),
            """
            where,clock,tz,load
            CAN,2017-07-01 08:00,EST,1
            USA,2017-07-01 08:00,PT,2
            JPN,2017-07-01 08:00,Asia/Tokyo,3
            CHL,2017-07-01 08:00,Moon,4
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "CAN 2017-07-01T13:00:00Z 1",
            "USA 2017-07-01T15:00:00Z 2",
            "JPN 2017-06-30T23:00:00Z 3");
    assertThat(outcome.rejects()).containsExactly("5 BAD_TIME");
    assertThat(outcome.counts()).isEqualTo("read 4, inserted 3, rejected 1");
  }

  @Test
  void withoutAZoneTimesAreInUtc() throws Exception {
    Outcome outcome =
        cases.load(
            "CLOCKS_UTC",
            "N",
            layout(PATTERN, "\"within\": false"),
            "where,clock,load\nITA,2022-03-27 02:30,3\n");
    assertThat(outcome.observations()).containsExactly("ITA 2022-03-27T02:30:00Z 3");
  }

  @Test
  void whatTheLinesDoNotTellIsRejected() throws Exception {
    Outcome outcome =
        new LoadCases("region=regions")
            .load(
                "LOCAL_UNTOLD",
                "H",
                """
                "time": {"column": "t", "pattern": "yyyy-MM-dd HH:mm", "zone": "Europe/Berlin"},
                "dimensions": {"region": {"column": "r"}}, "value": {"column": "v"}
                """,
                "t,r,v\n2020-10-25 02:00,DEU,1\n2020-10-25 03:00,DEU,2\n");
    assertThat(outcome.rejects()).containsExactly("2 AMBIGUOUS_TIME");
    assertThat(outcome.observations()).containsExactly("DEU 2020-10-25T02:00:00Z 2");
  }
}
