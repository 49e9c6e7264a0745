package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items that files name by another property than their code. */
@ArquillianTest
class CodesInFilesIT {
  private static final String FIRST_LEI = "5299LAYOUTCASES00145";
  private static final String SECOND_LEI = "5299LAYOUTCASES00242";
  private static final String FIRST_ISIN = "XS00LAYOUT05";
  private static final String SECOND_ISIN = "XS00LAYOUT13";

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void items() throws Exception {
    client.create(
        "organizations/CASE_ORG_1",
        "{\"name\": \"Case Twin\", \"lei\": \"%s\"}".formatted(FIRST_LEI));
    client.create(
        "organizations/CASE_ORG_2",
        "{\"name\": \"Case Twin\", \"lei\": \"%s\"}".formatted(SECOND_LEI));
    client.create("organizations/CASE_ORG_3", "{\"name\": \"Case Single\"}");
    String instrument =
        "{\"name\": \"%s\", \"kind\": \"EQUITY\", \"identifiers\": {\"ISIN\": \"%s\"}}";
    client.create("instruments/CASE_INS_1", instrument.formatted("First", FIRST_ISIN));
    client.create("instruments/CASE_INS_2", instrument.formatted("Second", SECOND_ISIN));
    client.create("instruments/CASE_INS_3", instrument.formatted("Third", SECOND_ISIN));
  }

  private static String layout(String dimension, String match) {
    return """
    "time": {"column": "year"}, "value": {"column": "n"},
    "dimensions": {"%s": {"column": "who", "match": "%s"}}
    """
        .formatted(dimension, match);
  }

  @Test
  void regionsAreFoundByTwoLetters() throws Exception {
    Outcome outcome =
        new LoadCases("region=regions")
            .load(
                "CODES_ALPHA2",
                "A",
                layout("region", "alpha2"),
                "who,year,n\nBR,1998,1\nNA,1998,2\nBRA,1998,3\nZZ,1998,4\n,1998,5\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("BRA 1998 1", "NAM 1998 2");
    assertThat(outcome.rejects())
        .containsExactly("4 UNKNOWN_REGION", "5 UNKNOWN_REGION", "6 MISSING_REGION");
    assertThat(outcome.counts()).isEqualTo("read 5, inserted 2, rejected 3");
  }

  @Test
  void zerosBeforeANumberDoNotCount() throws Exception {
    Outcome outcome =
        new LoadCases("region=regions")
            .load(
                "CODES_M49",
                "A",
                layout("region", "m49"),
                "who,year,n\n"
                    + "76,1998,1\n"
                    + "076,1999,2\n"
                    + "0076,2000,3\n"
                    + "8,1998,4\n"
                    + "150,1998,5\n"
                    + "999,1998,6\n");
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "BRA 1998 1", "BRA 1999 2", "BRA 2000 3", "ALB 1998 4", "M49-150 1998 5");
    assertThat(outcome.rejects()).containsExactly("7 UNKNOWN_REGION");
    assertThat(outcome.counts()).isEqualTo("read 6, inserted 5, rejected 1");
  }

  @Test
  void aNameThatTwoItemsHaveIsAmbiguous() throws Exception {
    Outcome outcome =
        new LoadCases("organization=organizations")
            .load(
                "CODES_NAME",
                "A",
                layout("organization", "name"),
                "who,year,n\nCase Twin,1998,1\nCase Single,1998,2\nCase Nobody,1998,3\n");
    assertThat(outcome.observations()).containsExactly("CASE_ORG_3 1998 2");
    assertThat(outcome.rejects())
        .containsExactly("2 AMBIGUOUS_ORGANIZATION", "4 UNKNOWN_ORGANIZATION");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 1, rejected 2");
  }

  @Test
  void organizationsAreFoundByTheirLei() throws Exception {
    Outcome outcome =
        new LoadCases("organization=organizations")
            .load(
                "CODES_LEI",
                "A",
                layout("organization", "lei"),
                "who,year,n\n%s,1998,1\n%s,1998,2\nCASE_ORG_1,1998,3\n"
                    .formatted(SECOND_LEI, FIRST_LEI));
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("CASE_ORG_2 1998 1", "CASE_ORG_1 1998 2");
    assertThat(outcome.rejects()).containsExactly("4 UNKNOWN_ORGANIZATION");
  }

  @Test
  void instrumentsAreFoundByAnIdentifier() throws Exception {
    Outcome outcome =
        new LoadCases("instrument=instruments")
            .load(
                "CODES_ISIN",
                "A",
                layout("instrument", "identifiers.ISIN"),
                "who,year,n\n%s,1998,1\n%s,1998,2\nXS00LAYOUT21,1998,3\n"
                    .formatted(FIRST_ISIN, SECOND_ISIN));
    assertThat(outcome.observations()).containsExactly("CASE_INS_1 1998 1");
    assertThat(outcome.rejects()).containsExactly("3 AMBIGUOUS_INSTRUMENT", "4 UNKNOWN_INSTRUMENT");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 1, rejected 2");
  }

  @Test
  void referencesOfItemsAreFoundAlike() throws Exception {
    Outcome outcome =
        new LoadCases()
            .loadItems(
                "CODES_REFERENCES",
                "facilities",
                """
                "properties": {"code": {"column": "id"}, "kind": {"constant": "MINE"},
                  "region": {"column": "where", "match": "m49"},
                  "organization": {"column": "who", "match": "lei"}}
                """,
                """
                id,where,who
                CASE_FOUND_1,76,%s
                CASE_FOUND_2,032,
                CASE_FOUND_3,32,Case Twin
                """
                    .formatted(FIRST_LEI));
    assertThat(outcome.rejects()).containsExactly("4 UNKNOWN_ORGANIZATION");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
    JsonNode first = client.get("facilities/CASE_FOUND_1");
    assertThat(first.at("/region/code").asText()).isEqualTo("BRA");
    assertThat(first.at("/organization/code").asText()).isEqualTo("CASE_ORG_1");
    assertThat(client.get("facilities/CASE_FOUND_2").at("/region/code").asText()).isEqualTo("ARG");
  }
}
