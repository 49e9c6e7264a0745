package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files with a column for each indicator or each time. */
@ArquillianTest
class WideFilesIT {
  private static final String SOURCES =
      """
      "time": {"column": "jaar"},
      "dimensions": {"region": {"column": "land"}, "indicator": {"header": true}}
      """;
  private static final String FILE =
      "land,jaar,case_wide_a,case_wide_zz\nNLD,2001,1,2\nBEL,2001,3,\nQQQ,2001,4,5\nLUX,2001,6,7\n";

  private final LoadCases cases = new LoadCases("region=regions", "indicator=indicators");

  @BeforeEach
  void describe() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.create("indicators/case_wide_a", "{\"name\": \"A\"}");
    client.create("indicators/case_wide_b", "{\"name\": \"B\"}");
  }

  @Test
  void aColumnThatTheLayoutIncludesMustBeThere() throws Exception {
    String layout = SOURCES + ", \"values\": {\"include\": [\"case_wide_a\", \"case_wide_b\"]}";
    String message =
        cases.failure("WIDE_LACKS", "A", layout, "land,jaar,case_wide_a\nNLD,2001,1\n");
    assertThat(message).contains("case_wide_b");
    Outcome whole =
        cases.load(
            "WIDE_HAS", "A", layout, "land,jaar,case_wide_a,other,case_wide_b\nNLD,2001,1,2,3\n");
    assertThat(whole.observations())
        .containsExactlyInAnyOrder("NLD.case_wide_a 2001 1", "NLD.case_wide_b 2001 3");
  }

  @Test
  void aHeaderThatLeavesTheGroupEmptyFailsTheLoad() throws Exception {
    String message =
        new LoadCases("region=regions")
            .failure(
                "WIDE_EMPTY_GROUP",
                "A",
                """
                "time": {"header": "total(?: (\\\\d{4}))?"}, "dimensions": {"region": {"column": "land"}}
                """,
                "land,total,total 2009\nNLD,1,2\n");
    assertThat(message).contains("total");
  }

  @Test
  void columnsAndLinesThatNameNoItemAreRejected() throws Exception {
    Outcome outcome = cases.load("WIDE_UNKNOWN", "A", SOURCES, FILE);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "NLD.case_wide_a 2001 1", "BEL.case_wide_a 2001 3", "LUX.case_wide_a 2001 6");
    assertThat(outcome.rejects())
        .containsExactlyInAnyOrder("1 UNKNOWN_INDICATOR", "4 UNKNOWN_REGION");
    assertThat(outcome.counts()).isEqualTo("read 7, inserted 3, rejected 4");
  }

  @Test
  void columnsAndLinesThatNameNoItemAreLeftOutIfTheLayoutSaysSo() throws Exception {
    Outcome outcome =
        cases.load("WIDE_UNKNOWN_LEFT_OUT", "A", SOURCES + ", \"unknown\": \"IGNORE\"", FILE);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "NLD.case_wide_a 2001 1", "BEL.case_wide_a 2001 3", "LUX.case_wide_a 2001 6");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 3, ignored 4");
  }

  @Test
  void ofALineThatIsLeftOutTheValuesAreCounted() throws Exception {
    Outcome outcome =
        cases.load(
            "WIDE_LEFT_OUT",
            "A",
            SOURCES + ", \"ignore\": {\"land\": [\"Benelux\", \"EU\"]}",
            """
            land,jaar,case_wide_a,case_wide_b
            Benelux,2001,1,2
            NLD,2001,3,4
            EU,never,5,
            EU,2001,,
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("NLD.case_wide_a 2001 3", "NLD.case_wide_b 2001 4");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2, ignored 3");
  }

  @Test
  void numbersInManyColumnsAreReadAsTheLayoutSays() throws Exception {
    Outcome outcome =
        cases.load(
            "WIDE_NUMBERS",
            "A",
            SOURCES + ", \"delimiter\": \";\", \"decimal\": \",\", \"thousands\": \".\"",
            "land;jaar;case_wide_a;case_wide_b\nNLD;2001;1.500,5;12.5\n");
    assertThat(outcome.observations()).containsExactly("NLD.case_wide_a 2001 1500.5");
    assertThat(outcome.rejects()).containsExactly("2 NOT_A_NUMBER");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 1, rejected 1");
  }
}
