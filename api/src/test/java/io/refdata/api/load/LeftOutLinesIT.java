package io.refdata.api.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformForTests;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Lines that are left out on purpose, which is no fault of the file. */
@ArquillianTest
class LeftOutLinesIT {
  private static final String SOURCES =
      """
      "time": {"column": "ano"}, "dimensions": {"region": {"column": "pais"}},
      "value": {"column": "valor"},
      """;
  private static final String PLANTS =
      """
      "properties": {"code": {"column": "id"}, "region": {"column": "pais"},
        "kind": {"column": "kind"}},
      """;

  private final LoadCases cases = new LoadCases("region=regions");

  @Test
  void linesWithTheseTextsAreLeftOut() throws Exception {
    Outcome outcome =
        cases.load(
            "LEFT_OUT",
            "A",
            SOURCES + "\"ignore\": {\"pais\": [\"LATAM\", \"ARG\"], \"nivel\": [\"total\"]}",
            """
            pais,ano,valor,nivel
            LATAM,1999,1,part
            PER,1999,2,part
            COL,1999,3,total
            ARG,soon,many,part
            BOL,1999,4,total amount
            """);
    assertThat(outcome.observations()).containsExactlyInAnyOrder("PER 1999 2", "BOL 1999 4");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2, ignored 3");
  }

  @Test
  void ofACollectionLinesAreCounted() throws Exception {
    Outcome outcome =
        cases.loadItems(
            "LEFT_OUT_ITEMS",
            "facilities",
            PLANTS + "\"ignore\": {\"kind\": [\"OFFICE\"]}",
            """
            id,pais,kind
            CASE_LEFT_1,PER,MINE
            CASE_LEFT_2,PER,OFFICE
            ,,OFFICE
            CASE_LEFT_3,PER,SHOP
            """);
    assertThat(outcome.rejects()).containsExactly("5 UNKNOWN_KIND");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 1, rejected 1, ignored 2");
    exists("facilities/CASE_LEFT_1", true);
    exists("facilities/CASE_LEFT_2", false);
  }

  @Test
  void whatNamesNoItemIsLeftOutIfTheLayoutSaysSo() throws Exception {
    String file = "pais,ano,valor\nQQ1,1999,1\nPER,1999,2\nQQ2,1999,\n,1999,3\nQQ1,2000,4\n";
    Outcome rejected = cases.load("LEFT_OUT_NOT", "A", SOURCES + "\"unknown\": \"REJECT\"", file);
    assertThat(rejected.observations()).containsExactly("PER 1999 2");
    assertThat(rejected.rejects())
        .containsExactly(
            "2 UNKNOWN_REGION", "4 UNKNOWN_REGION", "5 MISSING_REGION", "6 UNKNOWN_REGION");
    assertThat(rejected.counts()).isEqualTo("read 4, inserted 1, rejected 3");

    Outcome ignored =
        cases.load("LEFT_OUT_UNKNOWN", "A", SOURCES + "\"unknown\": \"IGNORE\"", file);
    assertThat(ignored.observations()).containsExactly("PER 1999 2");
    assertThat(ignored.rejects()).containsExactly("5 MISSING_REGION");
    assertThat(ignored.counts()).isEqualTo("read 2, inserted 1, rejected 1, ignored 2");
  }

  @Test
  void anItemThatRefersToNoItemIsLeftOutIfTheLayoutSaysSo() throws Exception {
    Outcome outcome =
        cases.loadItems(
            "LEFT_OUT_UNKNOWN_ITEMS",
            "facilities",
            PLANTS + "\"unknown\": \"IGNORE\"",
            """
            id,pais,kind
            CASE_LEFT_4,QQ1,MINE
            CASE_LEFT_5,COL,MINE
            CASE_LEFT_6,,MINE
            """);
    assertThat(outcome.rejects()).containsExactly("4 MISSING_REGION");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 1, rejected 1, ignored 1");
    exists("facilities/CASE_LEFT_4", false);
    exists("facilities/CASE_LEFT_5", true);
  }

  private static void exists(String item, boolean there) {
    given().get("/api/v1/" + item).then().statusCode(there ? 200 : 404);
  }

  @Test
  void replaceKeepsTheItemsOfLinesThatAreLeftOut() throws Exception {
    PlatformForTests.client().create("code-lists/CASE_KEPT", "{\"name\": \"Kept\"}");
    cases.loadItems(
        "LEFT_OUT_KEPT",
        "code-lists/CASE_KEPT/codes",
        """
        "properties": {"code": {"column": "id"}, "name": {"column": "n"}, "parent": {"column": "p"}},
        "unknown": "IGNORE", "ignore": {"n": ["-"]}
        """,
        "id,n,p\nK1,One,\nK2,Two,\nK3,Three,\nK4,Four,\n");
    Outcome outcome =
        cases.replaceItems("LEFT_OUT_KEPT", "id,n,p\nK1,One,\nK2,Two,NOWHERE\nK3,-,\n");
    assertThat(outcome.counts()).isEqualTo("read 1, unchanged 1, ignored 2, deleted 1");
  }
}
