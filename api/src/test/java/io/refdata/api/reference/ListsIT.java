package io.refdata.api.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.api.platform.War;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists as they are narrowed, expanded, paged and handed out, on three hundred facilities. */
@ArquillianTest
class ListsIT {
  private static final int FACILITIES = 300;

  @Deployment(testable = false)
  static WebArchive platform() {
    return War.built();
  }

  /** Past the application, so that none of its caches knows them. */
  @BeforeAll
  static void facilities() throws SQLException {
    execute(
        """
        insert into ref.organization (code, name, region_id)
        select 'L_ORG_' || n, 'Listed organization ' || n, (select id from ref.region order by code offset n limit 1)
          from generate_series(1, 40) n;
        insert into ref.facility (code, name, kind, fuel, capacity_mw, latitude, longitude, region_id, organization_id,
                                  owners, commissioned)
        select 'L_' || to_char(n, 'FM000'), 'Écluse n° ' || n, 'POWER_PLANT', case n %% 3 when 0 then 'HYDRO' when 1 then 'WIND' end,
               nullif(n %% 10, 0) * 10, -90 + n / 2.0, case when n %% 2 = 0 then 179.5 else -179.5 end,
               (select id from ref.region order by code offset n %% 200 limit 1),
               (select id from ref.organization where code = 'L_ORG_' || (1 + n %% 40)),
               'L_ORG_' || (1 + n %% 40) || ':0.5',
               case n %% 3 when 0 then '2012' when 1 then '2012-05-01' else '2013-01-01' end
          from generate_series(1, %1$d) n;
        insert into ref.emission_source (code, name, facility_id, scope)
        select f.code || '_' || s, 'Source ' || s, f.id, s
          from ref.facility f, generate_series(1, 2) s where f.code like 'L\\_%%';
        analyze ref.facility
        """
            .formatted(FACILITIES));
  }

  @Test
  void aPageTakesAsManyStatementsWhateverItsLengthAndWhateverIsExpanded() {
    List<Integer> statements = new ArrayList<>();
    for (String limit : List.of("10", "50", "200")) {
      for (int again = 0; again < 2; again++) {
        Response page =
            Rest.get(
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
  void anItemThatIsKnownTakesNoStatement() {
    Rest.get("regions/FRA");
    assertThat(Rest.statements(Rest.get("regions/FRA"))).isZero();
    assertThat(Rest.statements(Rest.get("regions/FRA", "expand", "parent"))).isEqualTo(1);
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
        .body("count.value", equalTo(FACILITIES))
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
    assertThat(found("fuel", "HYDRO,WIND")).hasSize(200);
    assertThat(found("capacityMw", "ge:30", "capacityMw", "lt:50")).hasSize(60);
    assertThat(found("capacityMw", "10,20")).hasSize(60);
    assertThat(found("capacityMw", "ne:10")).hasSize(240);
    assertThat(found("commissioned", "2012")).hasSize(200);
    assertThat(found("commissioned", "gt:2012")).hasSize(100);
    assertThat(found("commissioned", "ge:2012-05-01")).hasSize(200);
    assertThat(found("owners", "L_ORG_1"))
        .containsExactlyElementsOf(found("organization", "L_ORG_1"))
        .isNotEmpty();
    assertThat(found("bbox", "179,-90,-179,90")).hasSize(FACILITIES);
    assertThat(found("bbox", "179,-90,180,90")).hasSize(FACILITIES / 2);
    assertThat(found("bbox", "179,-90,-179,-80")).hasSize(20);
    assertThat(found("within", "M49-001"))
        .containsExactlyInAnyOrderElementsOf(
            found(
                "region",
                String.join(",", Rest.codes(Rest.walk("regions", 1000, "within", "M49-001")))
                    + ",M49-001"));
  }

  private static List<String> found(String... parameters) {
    List<String> all = new ArrayList<>(List.of("q", "écluse"));
    all.addAll(List.of(parameters));
    return Rest.codes(Rest.walk("facilities", 1000, all.toArray(String[]::new)));
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

  @Test
  void whateverIsWrongIsNamed() {
    Rest.get(
            "facilities",
            "capacityMw",
            "about:3",
            "commissioned",
            "may",
            "region",
            "a.b",
            "colour",
            "red",
            "within",
            "",
            "bbox",
            "1,2,3",
            "limit",
            "1001",
            "sort",
            "owners",
            "after",
            "a",
            "after",
            "b")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/invalid"))
        .body(
            "errors.parameter",
            containsInAnyOrder(
                "capacityMw",
                "commissioned",
                "region",
                "colour",
                "within",
                "bbox",
                "limit",
                "sort",
                "after"));
    Rest.get("units", "within", "FRA")
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("within")));
    String cursor = Rest.get("facilities", "limit", "1", "sort", "name").path("next");
    Rest.get("facilities", "limit", "1", "sort", "-name", "after", cursor)
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("after")));
    Rest.get("regions", "limit", "1", "sort", "name", "after", cursor).then().statusCode(400);
    Rest.get("facilities", "after", "nonsense")
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("after")));
  }

  @Test
  void pagesStayRightWhileItemsComeAndGo() throws SQLException {
    for (String sort : List.of("capacityMw", "-capacityMw", "name")) {
      execute(
          """
          delete from ref.facility where code like 'MOVING\\_%';
          insert into ref.facility (code, name, kind, capacity_mw, region_id)
          select 'MOVING_' || n, 'Moving ' || n, 'OTHER', nullif(n % 7, 0), (select min(id) from ref.region)
            from generate_series(1, 120) n
          """);
      Set<String> before = Set.copyOf(Rest.codes(Rest.walk("facilities", 1000, "q", "moving")));
      Set<String> seen = new LinkedHashSet<>();
      String after = null;
      int pages = 0;
      do {
        Response answer =
            after == null
                ? Rest.get("facilities", "q", "moving", "sort", sort, "limit", "9")
                : Rest.get("facilities", "q", "moving", "sort", sort, "limit", "9", "after", after);
        List<String> codes = Rest.codes(Rest.json(answer).get("items"));
        assertThat(seen).as("none comes twice").doesNotContainAnyElementsOf(codes);
        seen.addAll(codes);
        after = answer.path("next");
        // The very item that the cursor names goes, and others come before and after it.
        execute(
            """
            delete from ref.facility where code = '%s';
            insert into ref.facility (code, name, kind, capacity_mw, region_id)
            select 'MOVING_NEW_' || n, 'Moving in ' || n, 'OTHER', nullif(n, 0), (select min(id) from ref.region)
              from generate_series(0, 6) n on conflict do nothing
            """
                .formatted(codes.get(codes.size() - 1)));
        pages++;
      } while (after != null);
      assertThat(pages).isGreaterThan(10);
      assertThat(seen).containsAll(before);
    }
  }

  @Test
  void listsComeAsCsvAndNdjsonWhole() {
    String csv =
        Rest.get(
                "text/csv",
                Map.of("q", "ecluse", "fields", "code,capacityMw,region,owners"),
                "facilities")
            .then()
            .contentType(containsString("text/csv"))
            .extract()
            .asString();
    List<String> lines = csv.lines().toList();
    assertThat(lines.get(0)).isEqualTo("code,capacityMw,region,owners");
    assertThat(lines).hasSize(1 + found().size());
    assertThat(lines.get(1)).matches("L_\\d+,(\\d+\\.0)?,[A-Z0-9_-]+,L_ORG_\\d+:0.5");
    Response page =
        Rest.get(
            "text/csv",
            Map.of("q", "ecluse", "fields", "code", "expand", "organization", "limit", "2"),
            "facilities");
    assertThat(page.asString().lines().findFirst())
        .hasValue(
            "code,organization.code,organization.name,organization.lei,organization.kind,organization.region,organization.parent,organization.status");
    assertThat(page.asString().lines()).hasSize(3);
    page.then().header("Link", containsString("rel=\"next\""));

    String lines2 =
        Rest.get("application/x-ndjson", Map.of("q", "ecluse"), "facilities")
            .then()
            .contentType(containsString("application/x-ndjson"))
            .extract()
            .asString();
    List<JsonNode> items = lines2.lines().map(Rest::parse).toList();
    assertThat(items).containsExactlyElementsOf(Rest.walk("facilities", 1000, "q", "ecluse"));
    assertThat(
            Rest.get("application/x-ndjson", Map.of("q", "no such name"), "facilities").asString())
        .isEmpty();
    Rest.get("image/png", Map.of(), "facilities")
        .then()
        .statusCode(406)
        .contentType("application/problem+json");
  }

  @Test
  void everyAnswerSaysWhatItTookAndForWhichRequest() {
    for (String path :
        List.of(
            "/api/v1/regions/FRA",
            "/api/v1/regions",
            "/api/v1/nothing",
            "/api/v2",
            "/health/live")) {
      Rest.request()
          .header("X-Request-Id", "id-7")
          .get(path)
          .then()
          .header("X-Request-Id", equalTo("id-7"))
          .header(
              "Server-Timing",
              org.hamcrest.Matchers.matchesPattern(
                  "total;dur=[\\d.]+, db;dur=[\\d.]+;desc=\"\\d+ statements?\", encode;dur=[\\d.]+,"
                      + " cache;desc=\"bypass\""));
    }
    Rest.request().get("/api/v1/regions/FRA").then().header("X-Request-Id", nullValue());
  }

  @Test
  void whatCannotBeDoneIsAProblemToo() {
    Rest.request()
        .get("/api/v2/regions")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("instance", equalTo("/api/v2/regions"));
    Rest.request()
        .get("/api/v1/castles")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    Rest.request()
        .get("/api/v1/regions/a.b")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    Rest.request()
        .get("/api/v1/regions/FRA/cities")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    Rest.request()
        .post("/api/v1/regions")
        .then()
        .statusCode(405)
        .contentType("application/problem+json")
        .header("Allow", containsString("GET"));
    Rest.request()
        .contentType("text/plain")
        .body("x")
        .put("/api/v1/regions/X")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    Rest.request()
        .contentType("application/json")
        .body("{}")
        .patch("/api/v1/regions/FRA")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    Rest.request()
        .options("/api/v1/regions")
        .then()
        .statusCode(200)
        .header("Allow", containsString("GET"));
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
