package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as files write them, and the periods that they stand for. */
@ArquillianTest
class TimesInFilesIT {
  private final LoadCases cases = new LoadCases("region=regions");

  /** A text that stands for no period has the period {@code -}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          YEARS | A | 2012; 2013-01-01; 2014-12-31; 2015.0; 2016-06-30 | 2012; 2013; 2014; 2015; -
          HALVES | S | 2015-S1; 2015S2; 2016-07-01 | 2015-S1; 2015-S2; 2016-S2
          QUARTERS | Q | 2016Q2; 2016-Q3; 2016q4; 2017-03-31; 2017-05-01 | 2016-Q2; 2016-Q3; 2016-Q4; 2017-Q1; -
          MONTHS | M | 2021M07; 2021-08; 202109; 2021-10-01; 2021-11-30 | 2021-07; 2021-08; 2021-09; 2021-10; 2021-11
          ENDS_OF_MONTHS | M | 2016-02-29; 2017-02-28; 2019-09-30; 2019-10-30 | 2016-02; 2017-02; 2019-09; -
          MIDNIGHTS | M | 2021-05-01 00:00:00; 2021-06-30 00:00:00; 2021-07-04 00:00:00 | 2021-05; 2021-06; -
          WEEKS | W | 2015W53; 2016-W02; 2016-W03-1; 2016-02-07; 2016-02-10 | 2015-W53; 2016-W02; 2016-W03; 2016-W05; -
          DAYS | D | 2019-02-28; 2019-W10-3; 2019-03-31 00:00:00; 2019-02-29 | 2019-02-28; 2019-03-06; 2019-03-31; -
          HOURS | H | 2019-04-01T07:00:00Z; 2019-04-01T10:00:00+02:00; 2019-04-01T07:30:00Z | 2019-04-01T07:00:00Z; 2019-04-01T08:00:00Z; -
          """)
  void usualFormsNeedNoPattern(String name, String frequency, String texts, String periods)
      throws Exception {
    read("TIMES_" + name, frequency, "\"column\": \"when\"", texts, periods);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          QUARTERS_BY_PATTERN | Q | "pattern": "yyyy'Q'q" | 2016Q2; 2016Q4; 2017Q1 | 2016-Q2; 2016-Q4; 2017-Q1
          WEEKS_BY_PATTERN | W | "pattern": "YYYY'W'ww" | 2015W53; 2016W01; 2017W26; 2017W53 | 2015-W53; 2016-W01; 2017-W26; -
          DOTTED_DAYS | D | "pattern": "dd.MM.yyyy" | 07.11.2018; 30.06.2018; 31.06.2018 | 2018-11-07; 2018-06-30; -
          DOTTED_MINUTES | N | "pattern": "dd.MM.yyyy HH.mm" | 14.09.2018 22.45 | 2018-09-14T22:45:00Z
          THOUSANDTHS | H | "pattern": "yyyy-MM-dd'T'HH:mm:ss.SSS" | 2018-05-04T09:00:00.000 | 2018-05-04T09:00:00Z
          ENGLISH_MONTHS | M | "pattern": "MMMM yyyy" | February 2018; May 2018; August 2018 | 2018-02; 2018-05; 2018-08
          FRENCH_MONTHS | M | "pattern": "MMMM yyyy", "locale": "fr" | mars 2018; août 2018; May 2018 | 2018-03; 2018-08; -
          GERMAN_MONTHS | M | "pattern": "MMMM yyyy", "locale": "de" | März 2018; Oktober 2018 | 2018-03; 2018-10
          YEARS_OF_TWO_DIGITS | D | "pattern": "dd/MM/yy" | 30/06/97; 02/03/04 | 1997-06-30; 2004-03-02
          YEARS_FROM_A_PIVOT | D | "pattern": "dd/MM/yy", "pivotYear": 1925 | 01/02/25; 31/12/24 | 1925-02-01; 2024-12-31
          HOUR_24 | H | "pattern": "yyyy/MM/dd kk:mm" | 2019/12/31 23:00; 2019/12/31 24:00 | 2019-12-31T23:00:00Z; 2020-01-01T00:00:00Z
          DAYS_OF_WEEKS | W | "within": true | 2019-12-27; 2019-12-31 | 2019-W52; 2020-W01
          DAYS_OF_QUARTERS | Q | "within": true | 2021-05-17; 2021-12-31 | 2021-Q2; 2021-Q4
          NAMED_PERIODS | M | "map": {"newest": "2022-03", "before": "2022-02"} | newest; before; 2021-11; oldest | 2022-03; 2022-02; 2021-11; -
          SPREADSHEET_DAYS | D | "excel": true | 61; 43466; 60; 2019-01-02 | 1900-03-01; 2019-01-01; -; -
          SPREADSHEET_MONTHS | M | "excel": true | 43466; 43799; 43480 | 2019-01; 2019-11; -
          SPREADSHEET_HOURS | H | "excel": true | 43466; 43466.25; 43466.5 | 2019-01-01T00:00:00Z; 2019-01-01T06:00:00Z; 2019-01-01T12:00:00Z
          SECONDS | H | "epoch": "s" | 1525424400; -3600; 1525424401 | 2018-05-04T09:00:00Z; 1969-12-31T23:00:00Z; -
          SECONDS_OF_DAYS | D | "epoch": "s" | 1546300800; 1575072000 | 2019-01-01; 2019-11-30
          MILLISECONDS | N | "epoch": "ms" | 1525424460000; 0 | 2018-05-04T09:01:00Z; 1970-01-01T00:00:00Z
          FISCAL_YEARS | A | "fiscal": "04" | 2019/20; FY2017; 2018; 2019/21 | 2019; 2017; 2018; -
          FISCAL_YEARS_FROM_BEFORE | A | "fiscal": "-10" | FY2019; 2020 | 2019; 2020
          FISCAL_QUARTERS | Q | "fiscal": "04" | 2019-Q1; 2019Q4 | 2019-Q2; 2020-Q1
          FISCAL_QUARTERS_FROM_BEFORE | Q | "fiscal": "-10" | 2020-Q1; 2020Q2; 2020-Q4 | 2019-Q4; 2020-Q1; 2020-Q3
          FISCAL_HALVES | S | "fiscal": "07" | 2019-S1; 2019S2 | 2019-S2; 2020-S1
          FISCAL_MONTHS | M | "fiscal": "04" | 2019M01; 2019M12 | 2019-04; 2020-03
          """)
  void otherFormsAreReadAsTheLayoutSays(
      String name, String frequency, String members, String texts, String periods)
      throws Exception {
    read("TIMES_" + name, frequency, "\"column\": \"when\", " + members, texts, periods);
  }

  private void read(String name, String frequency, String time, String texts, String periods)
      throws Exception {
    String[] text = texts.split("; ", -1);
    String[] period = periods.split("; ", -1);
    assertThat(text).hasSameSizeAs(period);
    StringBuilder file = new StringBuilder("place,when,amount\n");
    List<String> observations = new ArrayList<>();
    List<String> rejects = new ArrayList<>();
    for (int i = 0; i < text.length; i++) {
      file.append("PRT,").append(text[i]).append(',').append(i + 5).append('\n');
      if (period[i].equals("-")) {
        rejects.add(i + 2 + " BAD_TIME");
      } else {
        observations.add("PRT " + period[i] + " " + (i + 5));
      }
    }

    Outcome outcome = cases.load(name, frequency, layout(time), file.toString());

    assertThat(outcome.observations()).containsExactlyInAnyOrderElementsOf(observations);
    assertThat(outcome.rejects()).isEqualTo(rejects);
    assertThat(outcome.counts())
        .isEqualTo(
            "read %d, inserted %d%s"
                .formatted(
                    text.length,
                    observations.size(),
                    rejects.isEmpty() ? "" : ", rejected " + rejects.size()));
  }

  private static String layout(String time) {
    return """
    "time": {%s}, "dimensions": {"region": {"column": "place"}}, "value": {"column": "amount"}
    """
        .formatted(time);
  }

  @Test
  void aTimeStandsInSeveralColumns() throws Exception {
    Outcome months =
        cases.load(
            "TIMES_YEAR_AND_MONTH",
            "M",
            layout("\"columns\": [\"an\", \"mois\"], \"pattern\": \"yyyy M\""),
            "place,mois,an,amount\nPRT,4,2017,8\nITA,12,2016,9\nITA,,2016,7\nITA,13,2016,6\n");
    assertThat(months.observations()).containsExactlyInAnyOrder("PRT 2017-04 8", "ITA 2016-12 9");
    assertThat(months.rejects()).containsExactly("4 MISSING_TIME", "5 BAD_TIME");
    assertThat(months.counts()).isEqualTo("read 4, inserted 2, rejected 2");

    Outcome days =
        cases.load(
            "TIMES_JOINED_DAYS",
            "D",
            layout(
                "\"columns\": [\"d\", \"m\", \"y\"], \"join\": \".\", \"pattern\": \"d.M.yyyy\""),
            "place,y,m,d,amount\nPRT,2014,7,31,3\nPRT,2014,11,1,4\n");
    assertThat(days.observations())
        .containsExactlyInAnyOrder("PRT 2014-07-31 3", "PRT 2014-11-01 4");
  }

  @Test
  void aTimeIsTheSameForAllLinesIfTheLayoutNamesIt() throws Exception {
    Outcome outcome =
        cases.load(
            "TIMES_CONSTANT",
            "A",
            layout("\"constant\": \"1987\""),
            "place,amount\nPRT,51\nITA,52\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("PRT 1987 51", "ITA 1987 52");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2");
  }
}
