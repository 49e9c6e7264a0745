package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists as they are narrowed, expanded, paged and handed out, on three hundred facilities. */
@ArquillianTest
class ListsIT {

  @BeforeAll
  static void facilities() throws SQLException {
    ListedFacilities.insert();
  }

  @Test
  void aPageTakesAsManyStatementsWhateverItsLengthAndWhateverIsExpanded() {
    List<Integer> statements = new ArrayList<>();
    for (String limit : List.of("10", "50", "200")) {
      for (int again = 0; again < 2; again++) {
        Response page =
            Rest.getAnew(
                "facilities",
                "q",
                "ecluse",
                "limit",
                limit,
                "expand",
                "region,organization,emissionSources");
        assertThat(Rest.json(page).get("items")).hasSize(Integer.parseInt(limit));
        statements.add(Rest.statements(page));
      }
    }
    assertThat(statements)
        .allMatch(count -> count.equals(statements.get(0)))
        .allMatch(count -> count <= 4);
  }

  @Test
  void whatIsExpandedIsTheItem() {
    JsonNode facility =
        Rest.json(Rest.get("facilities/L_007", "expand", "region,organization,emissionSources"));
    assertThat(facility.get("region"))
        .isEqualTo(Rest.json(Rest.get("regions/" + facility.at("/region/code").textValue())));
    assertThat(facility.get("organization"))
        .isEqualTo(
            Rest.json(Rest.get("organizations/" + facility.at("/organization/code").textValue())));
    assertThat(facility.get("emissionSources"))
        .containsExactly(
            Rest.json(Rest.get("emission-sources/L_007_1")),
            Rest.json(Rest.get("emission-sources/L_007_2")));
    assertThat(
            Rest.json(
                    Rest.get(
                        "facilities",
                        "code",
                        "L_007",
                        "expand",
                        "region,organization,emissionSources"))
                .at("/items/0"))
        .isEqualTo(facility);
    Rest.get("facilities/L_007", "expand", "owners")
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem("expand"));
  }

  @Test
  void fieldsAreThoseAskedForInTheirOrder() {
    assertThat(Rest.get("facilities/L_001", "fields", "name,code").asString())
        .isEqualTo("{\"name\":\"Écluse n° 1\",\"code\":\"L_001\"}");
    assertThat(Rest.get("facilities", "code", "L_001", "fields", "capacityMw").asString())
        .startsWith("{\"items\":[{\"capacityMw\":10.0}],");
    Rest.get("facilities", "fields", "colour")
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("fields")));
  }

  @Test
  void countsAreExactOrTheGuessOfThePlanner() {
    Rest.get("facilities", "q", "ECLUSE", "limit", "3", "count", "exact")
        .then()
        .statusCode(200)
        .body("items", org.hamcrest.Matchers.hasSize(3))
        .body("count.value", equalTo(ListedFacilities.COUNT))
        .body("count.kind", equalTo("exact"));
    int estimated =
        Rest.get("facilities", "count", "estimated")
            .then()
            .body("count.kind", equalTo("estimated"))
            .extract()
            .path("count.value");
    int exact = Rest.get("facilities", "count", "exact").then().extract().path("count.value");
    assertThat(estimated).isBetween(exact / 2, exact * 2);
    Rest.get("facilities", "count", "some")
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem("count"));
  }

  @Test
  void filtersNarrow() {
    assertThat(ListedFacilities.found("fuel", "HYDRO,WIND")).hasSize(200);
    assertThat(ListedFacilities.found("capacityMw", "ge:30", "capacityMw", "lt:50")).hasSize(60);
    assertThat(ListedFacilities.found("capacityMw", "10,20")).hasSize(60);
    assertThat(ListedFacilities.found("capacityMw", "ne:10")).hasSize(240);
    assertThat(ListedFacilities.found("commissioned", "2012")).hasSize(200);
    assertThat(ListedFacilities.found("commissioned", "gt:2012")).hasSize(100);
    assertThat(ListedFacilities.found("commissioned", "ge:2012-05-01")).hasSize(200);
    assertThat(ListedFacilities.found("owners", "L_ORG_1"))
        .containsExactlyElementsOf(ListedFacilities.found("organization", "L_ORG_1"))
        .isNotEmpty();
    assertThat(ListedFacilities.found("bbox", "179,-90,-179,90")).hasSize(ListedFacilities.COUNT);
    assertThat(ListedFacilities.found("bbox", "179,-90,180,90"))
        .hasSize(ListedFacilities.COUNT / 2);
    assertThat(ListedFacilities.found("bbox", "179,-90,-179,-80")).hasSize(20);
    assertThat(ListedFacilities.found("within", "M49-001"))
        .containsExactlyInAnyOrderElementsOf(
            ListedFacilities.found(
                "region",
                String.join(",", Rest.codes(Rest.walk("regions", 1000, "within", "M49-001")))
                    + ",M49-001"));
  }

  @Test
  void codesAreFoundByAParentWhoseCodeStandsInAnotherListToo() {
    for (String list : List.of("L_ONE", "L_TWO")) {
      String codes = "code-lists/" + list + "/codes/";
      Rest.put("code-lists/" + list, null, "{\"name\": \"A list\"}").then().statusCode(201);
      Rest.put(codes + "SAME", null, "{\"name\": \"Parent\"}").then().statusCode(201);
      Rest.put(
              codes + "BELOW_" + list,
              null,
              "{\"name\": \"Child\", \"parent\": {\"code\": \"SAME\"}}")
          .then()
          .statusCode(201);
      assertThat(Rest.codes(Rest.walk("code-lists/" + list + "/codes", 10, "parent", "SAME")))
          .containsExactly("BELOW_" + list);
    }
  }

  @Test
  void regionsBelowAndAboveAreLists() {
    List<String> below = Rest.codes(Rest.walk("regions/M49-150/descendants", 7));
    assertThat(below).contains("FRA", "M49-155").doesNotContain("M49-150", "USA").isSorted();
    assertThat(Rest.codes(Rest.walk("regions", 1000, "within", "M49-150"))).isEqualTo(below);
    assertThat(Rest.codes(Rest.walk("regions/FRA/ancestors", 1)))
        .containsExactly("M49-001", "M49-150", "M49-155");
    assertThat(
            Rest.codes(
                Rest.walk(
                    "regions/M49-150/descendants", 100, "kind", "SUBREGION", "sort", "-code")))
        .contains("M49-155")
        .doesNotContain("FRA");
    Rest.get("regions/NOWHERE/descendants").then().statusCode(404);
  }
}
