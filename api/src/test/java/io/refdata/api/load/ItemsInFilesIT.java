package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Files that list the items of a collection. */
@ArquillianTest
class ItemsInFilesIT {
  private final PlatformClient client = PlatformForTests.client();
  private final LoadCases cases = new LoadCases();

  @Test
  void anItemNeedsACodeAndNaIsOne() throws Exception {
    Outcome outcome =
        cases.loadItems(
            "ITEMS_CODES",
            "units",
            "\"properties\": {\"code\": {\"column\": \"abbr\"}, \"name\": {\"column\": \"text\"}}",
            "abbr,text\nCASE_UNIT,Barn\n,Nameless\nNA,Nanoampere\n  ,Blank\n");
    assertThat(outcome.rejects()).containsExactly("3 MISSING_CODE", "5 MISSING_CODE");
    assertThat(outcome.counts()).isEqualTo("read 4, inserted 2, rejected 2");
    assertThat(client.get("units/CASE_UNIT").get("name").asText()).isEqualTo("Barn");
    assertThat(client.get("units/NA").get("name").asText()).isEqualTo("Nanoampere");
  }

  @Test
  void spacesInsideATextNeverChange() throws Exception {
    cases.loadItems(
        "ITEMS_SPACES",
        "providers",
        "\"properties\": {\"code\": {\"column\": \"id\"}, \"name\": {\"column\": \"n\"}}",
        "id,n\nCASE_SPACED,  Two  words\u00a0here\u00a0\n");
    assertThat(client.get("providers/CASE_SPACED").get("name").asText())
        .isEqualTo("Two  words\u00a0here");
  }

  @Test
  void anEmptyCellMeansTheCellAboveInACollectionToo() throws Exception {
    Outcome outcome =
        cases.loadItems(
            "ITEMS_FILLED",
            "facilities",
            """
            "fill": ["country", "kind"],
            "properties": {"code": {"column": "id"}, "region": {"column": "country"},
              "kind": {"column": "kind"}, "capacityMw": {"column": "mw"}}
            """,
            """
            country,kind,id,mw
            ECU,MINE,CASE_FILL_1,4
            ,,CASE_FILL_2,
            URY,,CASE_FILL_3,6
            """);
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 3");
    assertThat(client.get("facilities/CASE_FILL_2").at("/region/code").asText()).isEqualTo("ECU");
    assertThat(client.get("facilities/CASE_FILL_2").get("capacityMw").isNull()).isTrue();
    assertThat(client.get("facilities/CASE_FILL_3").at("/region/code").asText()).isEqualTo("URY");
    assertThat(client.get("facilities/CASE_FILL_3").get("kind").asText()).isEqualTo("MINE");
  }
}
