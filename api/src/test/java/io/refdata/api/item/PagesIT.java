package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists as they are paged, streamed, and as they were. */
@ArquillianTest
class PagesIT {
  @Test
  void pagesStayRightWhileItemsComeAndGo() throws SQLException {
    for (String sort : List.of("capacityMw", "-capacityMw", "name")) {
      ListedFacilities.execute(
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
        ListedFacilities.execute(
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
    assertThat(lines).hasSize(1 + ListedFacilities.found().size());
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
  void thePastHasItsOwnersAndWhatIsExpandedAsTheyWere() throws SQLException {
    Rest.put("organizations/T_OWNER", null, "{\"name\": \"Before\"}");
    Rest.put(
        "facilities/T_PLANT",
        null,
        """
        {"name": "Then", "kind": "OTHER", "region": {"code": "FRA"}, "organization": {"code": "T_OWNER"},
         "owners": [{"organization": {"code": "T_OWNER"}, "share": 0.75}]}
        """);
    Rest.put(
        "emission-sources/T_SOURCE",
        null,
        "{\"name\": \"S\", \"facility\": {\"code\": \"T_PLANT\"}}");
    String expand = "region,organization,emissionSources";
    String before = Rest.get("facilities/T_PLANT", "expand", expand).asString();
    String instant =
        ListedFacilities.value(
                "select to_json(max(at) at time zone 'UTC') #>> '{}' from ref.revision")
            + "Z";
    Rest.delete("emission-sources/T_SOURCE", "*").then().statusCode(204);
    Rest.patch("organizations/T_OWNER", "*", "{\"name\": \"After\"}").then().statusCode(200);
    Rest.patch("facilities/T_PLANT", "*", "{\"owners\": null}").then().statusCode(200);

    Response then = Rest.get("facilities/T_PLANT", "expand", expand, "asOf", instant);
    assertThat(then.asString()).isEqualTo(before).contains("Before", "T_SOURCE", "0.75");
    assertThat(Rest.statements(then)).isEqualTo(2);
    assertThat(Rest.codes(Rest.walk("facilities", 10, "owners", "T_OWNER", "asOf", instant)))
        .containsExactly("T_PLANT");
    assertThat(
            Rest.get(
                    "text/csv",
                    Map.of("code", "T_PLANT", "fields", "owners", "asOf", instant),
                    "facilities")
                .asString())
        .isEqualTo("owners\nT_OWNER:0.75\n");
    Rest.get("facilities/T_PLANT/history")
        .then()
        .body(
            "items[0].changes[0].from",
            equalTo(List.of(Map.of("organization", "T_OWNER", "share", 0.75f))));
    for (String at : List.of("facilities/T_PLANT", "organizations/T_OWNER")) {
      Rest.delete(at, "*").then().statusCode(204);
    }
  }

  @BeforeAll
  static void facilities() throws SQLException {
    ListedFacilities.insert();
  }
}
