package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Codes that are made of the texts of a file. */
@ArquillianTest
class MadeCodesIT {
  private static final String CREATED = "\"column\": \"what\", \"as\": \"CODE\", \"create\": true";
  private static final String TICKERS =
      """
      "properties": {"code": {"column": "ticker", "as": "CODE"}, "kind": {"constant": "EQUITY"}}
      """;

  private final PlatformClient client = PlatformForTests.client();
  private final LoadCases indicators = new LoadCases("indicator=indicators");
  private final LoadCases regions = new LoadCases("region=regions");

  private static String layout(String dimension, String source) {
    return """
    "time": {"column": "year"}, "dimensions": {"%s": {%s}}, "value": {"column": "n"}
    """
        .formatted(dimension, source);
  }

  @Test
  void lettersAreMadeCapitals() throws Exception {
    Outcome outcome =
        regions.load(
            "MADE_CAPITALS",
            "A",
            layout("region", "\"column\": \"geo\", \"as\": \"UPPER\""),
            "geo,year,n\nmex,1970,1\nMex,1971,2\nm ex,1972,3\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("MEX 1970 1", "MEX 1971 2");
    assertThat(outcome.rejects()).containsExactly("4 UNKNOWN_REGION");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
  }

  @Test
  void aTextIsMadeACodeAndNamesTheNewItem() throws Exception {
    Outcome outcome =
        indicators.load(
            "MADE_CODES",
            "A",
            layout("indicator", CREATED),
            "what,year,n\nCase Wärme (Kälte),1970,1\ncase wärme (kälte),1971,2\n");
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("CASE_WARME_KALTE 1970 1", "CASE_WARME_KALTE 1971 2");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(client.get("indicators/CASE_WARME_KALTE").get("name").asText())
        .isEqualTo("Case Wärme (Kälte)");
  }

  @Test
  void aPrefixStandsBeforeTheTextAndNotBeforeWhatIsMapped() throws Exception {
    client.create("indicators/case_gas", "{\"name\": \"Gas\"}");
    client.create("indicators/CASE_OIL", "{\"name\": \"Oil\"}");
    Outcome numbers =
        regions.load(
            "MADE_PREFIX",
            "A",
            layout(
                "region",
                """
                "column": "geo", "prefix": "M49-", "map": {"Mexico": "MEX"}\
                """),
            "geo,year,n\n150,1970,1\nMexico,1970,2\nMEX,1970,3\n");
    assertThat(numbers.observations()).containsExactlyInAnyOrder("M49-150 1970 1", "MEX 1970 2");
    assertThat(numbers.rejects()).containsExactly("4 UNKNOWN_REGION");

    Outcome capitals =
        indicators.load(
            "MADE_PREFIX_AND_CAPITALS",
            "A",
            layout(
                "indicator",
                """
                "column": "what", "as": "UPPER", "prefix": "CASE_", "map": {"gas": "case_gas"}\
                """),
            "what,year,n\noil,1970,1\ngas,1970,2\n");
    assertThat(capitals.observations())
        .containsExactlyInAnyOrder("CASE_OIL 1970 1", "case_gas 1970 2");
    assertThat(capitals.rejects()).isEmpty();
  }

  @Test
  void severalColumnsMakeOneText() throws Exception {
    Outcome names =
        regions.load(
            "MADE_OF_TWO_NAMES",
            "A",
            layout("region", "\"columns\": [\"first\", \"last\"], \"match\": \"name\""),
            "first,last,year,n\n"
                + "New,Zealand,1970,1\n"
                + "Costa,Rica,1970,2\n"
                + "Mexico,,1970,3\n"
                + ",Mexico,1970,4\n");
    assertThat(names.observations()).containsExactlyInAnyOrder("NZL 1970 1", "CRI 1970 2");
    assertThat(names.rejects()).containsExactly("4 MISSING_REGION", "5 MISSING_REGION");
    assertThat(names.counts()).isEqualTo("read 4, inserted 2, rejected 2");

    Outcome codes =
        regions.load(
            "MADE_OF_TWO_CODES",
            "A",
            layout("region", "\"columns\": [\"list\", \"number\"], \"join\": \"-\""),
            "number,list,year,n\n150,M49,1970,1\n019,M49,1971,2\n");
    assertThat(codes.observations()).containsExactlyInAnyOrder("M49-150 1970 1", "M49-019 1971 2");
  }

  @Test
  void severalColumnsMakeOneProperty() throws Exception {
    Outcome outcome =
        regions.loadItems(
            "MADE_NAMES",
            "organizations",
            """
            "properties": {"code": {"columns": ["land", "no"], "join": "_", "prefix": "CASE_"},
              "name": {"columns": ["name", "form"], "join": ", "}}
            """,
            "land,no,name,form\nMX,1,Luz,SA\nMX,2,Agua,\n,3,Sol,SA\n");
    assertThat(outcome.rejects()).containsExactly("4 MISSING_CODE");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
    assertThat(client.get("organizations/CASE_MX_1").get("name").asText()).isEqualTo("Luz, SA");
    assertThat(client.get("organizations/CASE_MX_2").get("name").asText()).isEqualTo("CASE_MX_2");
  }

  @Test
  void twoTextsOfOneFileThatWouldGetOneCodeAreAmbiguous() throws Exception {
    Outcome outcome =
        indicators.load(
            "MADE_TWICE",
            "A",
            layout("indicator", CREATED),
            """
            what,year,n
            Case Shore.1,1970,1
            Case Shore/1,1971,2
            Case Sea,1970,3
            Case Shore.1,1972,4
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("CASE_SHORE_1 1970 1", "CASE_SHORE_1 1972 4", "CASE_SEA 1970 3");
    assertThat(outcome.rejects()).containsExactly("3 AMBIGUOUS_CODE");
    assertThat(outcome.counts()).isEqualTo("read 4, inserted 3, rejected 1");
  }

  @Test
  void aTextAndWhatAnEarlierFileCreatedAreAmbiguous() throws Exception {
    String layout = layout("indicator", CREATED);
    indicators.load("MADE_BEFORE", "A", layout, "what,year,n\nCase River.2,1970,1\n");
    Outcome outcome =
        indicators.load(
            "MADE_BEFORE",
            "A",
            layout,
            "what,year,n\nCase River/2,1971,2\nCase River.2,1972,3\ncase river.2,1973,4\n");
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "CASE_RIVER_2 1970 1", "CASE_RIVER_2 1972 3", "CASE_RIVER_2 1973 4");
    assertThat(outcome.rejects()).containsExactly("2 AMBIGUOUS_CODE");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
  }

  @Test
  void lettersOfAnotherCaseAndSpacesMakeNoOtherText() throws Exception {
    String layout = layout("indicator", CREATED);
    Outcome outcome =
        indicators.load(
            "MADE_ALIKE",
            "A",
            layout,
            """
            what,year,n
            casewind,1970,1
            CASEWIND,1971,2
            case sea wind,1970,3
            CASE_SEA_WIND,1971,4
            Case Sea_Wind,1972,5
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "CASEWIND 1970 1",
            "CASEWIND 1971 2",
            "CASE_SEA_WIND 1970 3",
            "CASE_SEA_WIND 1971 4",
            "CASE_SEA_WIND 1972 5");
    assertThat(outcome.rejects()).isEmpty();

    Outcome later = indicators.load("MADE_ALIKE", "A", layout, "what,year,n\nCaseWind,1973,6\n");
    assertThat(later.rejects()).isEmpty();
    assertThat(later.counts()).isEqualTo("read 1, inserted 1");
  }

  @Test
  void codesOfItemsAreAmbiguousAlike() throws Exception {
    Outcome first =
        regions.loadItems(
            "MADE_TICKERS", "instruments", TICKERS, "ticker\nCase.A\nCase/A\nCase B\nCase-C\n");
    assertThat(first.rejects()).containsExactly("3 AMBIGUOUS_CODE");
    assertThat(first.counts()).isEqualTo("read 4, inserted 3, rejected 1");
    assertThat(client.get("instruments/CASE_A").get("kind").asText()).isEqualTo("EQUITY");
    assertThat(client.get("instruments/CASE_B").get("kind").asText()).isEqualTo("EQUITY");
    assertThat(client.get("instruments/CASE-C").get("kind").asText()).isEqualTo("EQUITY");
  }
}
