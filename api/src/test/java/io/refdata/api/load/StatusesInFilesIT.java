package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformForTests;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The statuses of observations: in a column, behind the value, or beside each value. */
@ArquillianTest
class StatusesInFilesIT {
  private static final String SOURCES =
      """
      "time": {"column": "year"}, "dimensions": {"region": {"column": "geo"}},
      """;

  private final LoadCases cases = new LoadCases("region=regions");

  @Test
  void aStatusIsTheSameForAllLinesIfTheLayoutNamesIt() throws Exception {
    Outcome outcome =
        cases.load(
            "STATUS_CONSTANT",
            "A",
            SOURCES + "\"value\": {\"column\": \"n\"}, \"status\": {\"constant\": \"E\"}",
            "geo,year,n\nESP,2003,8\nGRC,2004,9\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("ESP 2003 8 E", "GRC 2004 9 E");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2");
  }

  @Test
  void theMapOfALayoutTranslatesStatuses() throws Exception {
    Outcome outcome =
        cases.load(
            "STATUS_MAP",
            "A",
            SOURCES
                + """
                "value": {"column": "n"},
                "status": {"column": "note", "map": {"prov.": "P", "break": "B"}}
                """,
            "geo,year,n,note\nESP,2011,1,break\nESP,2012,2,prov.\nESP,2013,3,\nESP,2014,4,U\n");
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("ESP 2011 1 B", "ESP 2012 2 P", "ESP 2013 3", "ESP 2014 4 U");
    assertThat(outcome.rejects()).isEmpty();
  }

  @Test
  void aTextThatIsNoStatusIsRejected() throws Exception {
    Outcome outcome =
        cases.load(
            "STATUS_NONE",
            "A",
            SOURCES + "\"value\": {\"column\": \"n\"}, \"status\": {\"column\": \"note\"}",
            "geo,year,n,note\n"
                + "ESP,2011,1,e\n"
                + "ESP,2012,2,E\n"
                + "ESP,2013,3,NA\n"
                + "ESP,2014,4,!\n"
                + "ESP,2015,5,EE\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("ESP 2012 2 E", "ESP 2013 3");
    assertThat(outcome.rejects()).containsExactly("2 BAD_STATUS", "5 BAD_STATUS", "6 BAD_STATUS");
    assertThat(outcome.counts()).isEqualTo("read 5, inserted 2, rejected 3");
  }

  @Test
  void lettersBehindAValueAreItsStatus() throws Exception {
    Outcome outcome =
        cases.load(
            "STATUS_FLAGS",
            "A",
            SOURCES
                + """
                "missing": ["", ":"],
                "value": {"column": "n", "flags": {"p": "P", "e": "E", "bu": "B", "c": "Q"}}
                """,
            """
            geo,year,n
            ESP,2001,61.5 p
            ESP,2002,62e
            ESP,2003,63
            ESP,2004,:
            ESP,2005,: c
            ESP,2006,:c
            ESP,2007,64 bu
            ESP,2008,65 z
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "ESP 2001 61.5 P", "ESP 2002 62 E", "ESP 2003 63", "ESP 2007 64 B");
    assertThat(outcome.rejects()).containsExactly("9 NOT_A_NUMBER");
    assertThat(outcome.counts()).isEqualTo("read 5, inserted 4, rejected 1");
  }

  @Test
  void inAWideFileAStatusStandsBesideItsValue() throws Exception {
    Outcome outcome =
        cases.load(
            "STATUS_BESIDE",
            "A",
            """
            "time": {"header": "v_(\\\\d{4})"}, "dimensions": {"region": {"column": "geo"}},
            "status": {"header": "flag_(\\\\d{4})", "map": {"est.": "E"}}
            """,
            """
            geo,v_2018,flag_2018,v_2019,flag_2019,v_2020
            ITA,1,est.,2,,3
            GRC,4,P,,B,5
            ESP,6,?,7,P,8
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "ITA 2018 1 E",
            "ITA 2019 2",
            "ITA 2020 3",
            "GRC 2018 4 P",
            "GRC 2020 5",
            "ESP 2019 7 P",
            "ESP 2020 8");
    assertThat(outcome.rejects()).containsExactly("4 BAD_STATUS");
    assertThat(outcome.counts()).isEqualTo("read 8, inserted 7, rejected 1");
  }

  @Test
  void aStatusBelongsToTheValueWithTheSameTextInTheHeader() throws Exception {
    PlatformForTests.client().create("indicators/casebirths", "{\"name\": \"Births\"}");
    PlatformForTests.client().create("indicators/casedeaths", "{\"name\": \"Deaths\"}");
    Outcome outcome =
        new LoadCases("region=regions", "indicator=indicators")
            .load(
                "STATUS_OF_INDICATORS",
                "A",
                """
                "time": {"column": "year"}, "status": {"header": "([a-z]+) status"},
                "dimensions": {"region": {"column": "geo"}, "indicator": {"header": "([a-z]+)"}}
                """,
                """
                geo,year,casedeaths status,casebirths,casebirths status,casedeaths
                ITA,2016,E,10,P,20
                ITA,2017,,11,P,21
                """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "ITA.casebirths 2016 10 P",
            "ITA.casedeaths 2016 20 E",
            "ITA.casebirths 2017 11 P",
            "ITA.casedeaths 2017 21");
    assertThat(outcome.counts()).isEqualTo("read 4, inserted 4");
  }
}
