package io.refdata.api.layout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ArquillianTest
class LayoutIT {
  private static final String LAYOUTS = "/api/v1/layouts/";
  private static final String WIDE =
      """
      {"into": "datasets/LAID_OUT", "time": {"column": "year", "pattern": "yyyy"}, "delimiter": null,
       "dimensions": {"region": {"column": "iso_code"}, "indicator": {"header": true}},
       "values": {"exclude": ["country"], "include": null}}
      """;

  @BeforeEach
  void aDatasetToReadInto() {
    json()
        .body(
            """
            {"name": "Laid out", "frequency": "A", "dimensions": [
             {"code": "region", "values": "regions"}, {"code": "indicator", "values": "indicators"}]}
            """)
        .put("/api/v1/datasets/LAID_OUT");
  }

  @Test
  void aLayoutReadsAsItWasPut() {
    String tag = put("wide", WIDE).statusCode(201).extract().header("ETag");
    String text =
        json()
            .get(LAYOUTS + "wide")
            .then()
            .statusCode(200)
            .header("ETag", equalTo(tag))
            .body(
                equalTo(
                    "{\"name\":\"wide\","
                        + WIDE.strip()
                            .substring(1)
                            .replace("\n", "")
                            .replace(" \"delimiter\": null,", "")
                            .replace(", \"include\": null", "")
                            .replace(" ", "")))
            .extract()
            .asString();
    put("wide", WIDE).statusCode(428);
    json()
        .header("If-Match", tag)
        .body(text)
        .put(LAYOUTS + "wide")
        .then()
        .statusCode(200)
        .header("ETag", equalTo(tag));
    json()
        .header("If-Match", tag)
        .body(WIDE.replace("\"delimiter\": null", "\"delimiter\": \";\""))
        .put(LAYOUTS + "wide")
        .then()
        .statusCode(200)
        .header("ETag", matchesPattern("\"1-.*"))
        .body("delimiter", equalTo(";"));
    json().header("If-Match", tag).delete(LAYOUTS + "wide").then().statusCode(412);
    json().header("If-Match", "*").delete(LAYOUTS + "wide").then().statusCode(204);
    json().get(LAYOUTS + "wide").then().statusCode(404);
  }

  @Test
  void aCollectionIsReadIntoToo() {
    put(
            "plants",
            """
            {"into": "facilities", "properties": {"code": {"column": "gppd_idnr"}, "name": {"column": "name"},
             "region": {"column": "country"}, "kind": {"constant": "POWER_PLANT"},
             "fuel": {"column": "primary_fuel", "as": "CODE", "create": true, "map": {"Wave and Tidal": "MARINE"}},
             "organization": {"column": "owner", "match": "name", "create": true}}, "scope": {"region": "USA"}}
            """)
        .statusCode(201);
    json()
        .get("/api/v1/layouts?limit=1000")
        .then()
        .statusCode(200)
        .body("items.name", hasItems("plants"));
    put(
            "parts",
            """
            {"into": "facilities", "properties": {"code": {"column": "c"}, "owners": {"column": "o", "create": true}}}
            """)
        .statusCode(201);
    put(
            "codes",
            """
            {"into": "code-lists/FUEL/codes", "properties": {"code": {"column": "c"}, "parent": {"column": "p"}}}
            """)
        .statusCode(201);
    put(
            "nobody-s-codes",
            """
            {"into": "code-lists/NONE/codes", "properties": {"code": {"column": "c"}}}
            """)
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/into"));
    put(
            "bad-parts",
            """
            {"into": "instruments", "scope": {"activeFrom": "long ago"}, "properties": {
              "code": {"column": "c", "create": true}, "identifiers": {"column": "i"},
              "identifiers.MIC": {"column": "m"}, "identifiers.a b": {"column": "x"},
              "name.first": {"column": "n"}, "kind": {"column": "k", "match": "name"}}}
            """)
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/scope/activeFrom",
                "/properties/code/create",
                "/properties/identifiers.MIC",
                "/properties/identifiers.a b",
                "/properties/name.first"));
    put(
            "unmakeable",
            """
            {"into": "emission-sources", "properties": {"code": {"column": "c"}, "facility": {"column": "f", "create": true}}}
            """)
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/properties/facility/create"))
        .body("errors.detail", hasItems(containsString("kind, region")));
    put(
            "bad",
            "{\"into\": \"facilities\", \"time\": {\"column\": \"t\"}, \"properties\": {\"colour\":"
                + " {\"header\": true}}, \"scope\": {\"x\": \"y\"}}")
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/time",
                "/properties/code",
                "/properties/colour",
                "/properties/colour/header",
                "/scope/x"));
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    put(
            "faulty",
            """
            {"name": "other", "into": "datasets/LAID_OUT", "format": "xml", "delimiter": ";;", "encoding": "UTF-99",
             "decimal": "'", "missing": ["", 1], "colour": 1,
             "time": {"column": "year", "pattern": "bbb", "header": "(a)(b)"},
             "dimensions": {"indicator": {"column": 3, "as": "LOWER", "match": "size"}, "gas": {"header": "("}},
             "value": {"column": "v", "create": "yes"}, "values": {"include": ["a"], "exclude": ["b"]}}
            """)
        .statusCode(400)
        .contentType("application/problem+json")
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/name",
                "/format",
                "/delimiter",
                "/encoding",
                "/decimal",
                "/missing/1",
                "/colour",
                "/time",
                "/time/pattern",
                "/time/header",
                "/dimensions/region",
                "/dimensions/indicator/column",
                "/dimensions/indicator/as",
                "/dimensions/indicator/match",
                "/dimensions/gas",
                "/dimensions/gas/header",
                "/value/create",
                "/values"));
    put("nowhere", "{\"into\": \"datasets/NOWHERE\"}")
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/into", "/time", "/value"));
    put("nowhere", "{\"into\": \"datasets/NOWHERE\", \"time\": {\"pattern\": \"zz\"}, \"foo\": 1}")
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder("/into", "/foo", "/time", "/time/pattern", "/value"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"time\": {\"column\": \"t\", \"pattern\": \"MM\"} | /time/pattern | tells no year",
        "\"time\": {\"column\": \"t\", \"pattern\": \"yyyy-MM-dd hh\"} | /time/pattern | hh without"
            + " a",
        "\"time\": {\"column\": \"t\", \"pattern\": \"d MMMM yyyy\", \"locale\": \"no such\"} |"
            + " /time/pattern | language",
        "\"time\": {\"column\": \"t\", \"locale\": \"de\"} | /time/locale | for a pattern",
        "\"time\": {\"column\": \"t\", \"match\": \"name\"} | /time/match | means nothing",
        "\"value\": {\"column\": \"v\", \"pattern\": \"yyyy\"} | /value/pattern | means nothing",
        "\"status\": {\"column\": \"s\", \"within\": true} | /status/within | for the time"
      })
  void aMemberThatWouldBeIgnoredIsRefused(String member, String pointer, String reason) {
    String rest =
        Stream.of("\"time\": {\"column\": \"t\"}", "\"value\": {\"column\": \"v\"}")
            .filter(other -> !member.startsWith(other.substring(0, 7)))
            .collect(Collectors.joining(", "));
    put(
            "ignored",
            """
            {"into": "datasets/LAID_OUT", %s, %s,
             "dimensions": {"region": {"column": "r"}, "indicator": {"column": "i"}}}
            """
                .formatted(member, rest))
        .statusCode(400)
        .body("errors.pointer", contains(pointer))
        .body("errors.detail", contains(containsString(reason)));
  }

  private static RequestSpecification json() {
    return given().contentType("application/json").accept("application/json");
  }

  private static ValidatableResponse put(String name, String definition) {
    return json().body(definition).put(LAYOUTS + name).then();
  }
}
