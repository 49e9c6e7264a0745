package io.refdata.api.layout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members of a layout that mean nothing, alone or together. */
@ArquillianTest
class LayoutFaultsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SOURCES =
      """
      {"time": {"column": "t"}, "value": {"column": "v"},
       "dimensions": {"region": {"column": "r"}, "indicator": {"column": "i"}}}
      """;
  private static final String PROPERTIES =
      """
      {"into": "facilities", "properties": {
        "code": {"column": "c"}, "region": {"column": "r"}, "kind": {"column": "k"}, %s}}
      """;

  @BeforeEach
  void datasetsToReadInto() {
    for (String frequency : List.of("A", "Q", "M", "D", "H")) {
      json()
          .body(
              """
              {"name": "Faulty", "frequency": "%s", "dimensions": [
               {"code": "region", "values": "regions"}, {"code": "indicator", "values": "indicators"}]}
              """
                  .formatted(frequency))
          .put("/api/v1/datasets/FAULTY_" + frequency);
    }
  }

  /** Of members that do not go together, either may be the one that is named. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A | {"quote": null, "escape": "\\\\"} | /escape
          A | {"escape": "ab"} | /escape
          A | {"delimiter": " +", "quote": "'"} | /quote /delimiter
          A | {"delimiter": "  "} | /delimiter
          A | {"quote": "''"} | /quote
          A | {"header": false, "time": {"column": 1}, "value": {"column": "v"}, \
               "dimensions": {"region": {"column": 2}, "indicator": {"column": 3}}} | /value/column
          A | {"header": false, "time": {"column": 0}, "value": {"column": 1}, \
               "dimensions": {"region": {"column": 2}, "indicator": {"column": 3}}} | /time/column
          A | {"value": {"column": 3}} | /value/column
          A | {"comment": "//"} | /comment
          A | {"skip": -1} | /skip
          A | {"skip": 1001} | /skip
          A | {"skip": 2.5} | /skip
          A | {"format": "ndjson", "shortLines": true} | /shortLines
          A | {"thousands": ".", "decimal": "."} | /thousands
          A | {"thousands": "."} | /thousands
          A | {"value": {"column": "v", "thousands": "."}} | /value/thousands
          A | {"ignore": {"r": []}} | /ignore/r /ignore
          A | {"ignore": {}} | /ignore
          A | {"fill": []} | /fill
          A | {"unknown": "DROP"} | /unknown
          """)
  void aFormThatNoFileHasIsRefused(String frequency, String members, String pointers)
      throws Exception {
    refused(frequency, members, pointers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Q | {"time": {"column": "t", "pattern": "QQQ"}} | /time/pattern
          H | {"time": {"column": "t", "pattern": "yyyy-MM-dd HH:mm z"}} | /time/pattern
          Q | {"time": {"column": "t", "fiscal": "02"}} | /time/fiscal
          M | {"time": {"column": "t", "pattern": "yyyy"}} | /time/pattern
          H | {"time": {"column": "t", "pattern": "dd.MM.yyyy hh:mm"}} | /time/pattern
          A | {"time": {"column": "t", "pattern": "yyyy", "zone": "Europe/Rome"}} | /time/zone
          D | {"time": {"column": "t", "pattern": "yyyyMMdd", "zone": "Europe/Rome"}} | /time/zone
          H | {"time": {"column": "t", "pattern": "yyyyMMddHH", "zone": "Europe/Nowhere"}} | /time/zone
          D | {"time": {"column": "t", "excel": true, "pattern": "yyyyMMdd"}} | /time/excel /time/pattern
          D | {"time": {"column": "t", "excel": true, "epoch": "s"}} | /time/excel /time/epoch
          H | {"time": {"column": "t", "epoch": "min"}} | /time/epoch
          H | {"time": {"column": "t", "epoch": "s", "pattern": "yyyyMMddHH"}} | /time/epoch /time/pattern
          A | {"time": {"column": "t", "fiscal": "13"}} | /time/fiscal
          A | {"time": {"column": "t", "fiscal": "April"}} | /time/fiscal
          A | {"time": {"column": "t", "fiscal": "04", "pattern": "yyyy"}} | /time/fiscal /time/pattern
          D | {"time": {"column": "t", "pattern": "yyyyMMdd", "pivotYear": 1950}} | /time/pivotYear
          D | {"time": {"column": "t", "pivotYear": 1950}} | /time/pivotYear
          """)
  void aTimeThatMeansNothingIsRefused(String frequency, String members, String pointers)
      throws Exception {
    refused(frequency, members, pointers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"region": {"column": "r", "match": "colour"}, "indicator": {"column": "i"}} | /dimensions/region/match
          {"region": {"column": "r", "match": "lei"}, "indicator": {"column": "i"}} | /dimensions/region/match
          {"region": {"column": "r", "join": "-"}, "indicator": {"column": "i"}} | /dimensions/region/join
          {"region": {"columns": [], "join": "-"}, "indicator": {"column": "i"}} \
            | /dimensions/region/columns /dimensions/region
          {"region": {"column": "r", "columns": ["a", "b"]}, "indicator": {"column": "i"}} \
            | /dimensions/region /dimensions/region/columns
          {"region": {"column": "r", "percent": true}, "indicator": {"column": "i"}} | /dimensions/region/percent
          {"region": {"column": "r", "as": "LOWER"}, "indicator": {"column": "i"}} | /dimensions/region/as
          """)
  void aDimensionThatMeansNothingIsRefused(String dimensions, String pointers) throws Exception {
    refused("A", "{\"dimensions\": " + dimensions + "}", pointers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"value": {"column": "v", "scale": 0}} | /value/scale
          {"value": {"column": "v", "scale": "1000"}} | /value/scale
          {"value": {"column": "v", "scale": 1e999999999}} | /value/scale
          {"value": {"column": "v", "suffix": "000"}} | /value/suffix
          {"value": {"column": "v", "suffix": "%", "percent": true}} | /value/suffix
          {"value": {"column": "v", "flags": {"0": "E"}}} | /value/flags/0
          {"value": {"columns": ["v", "w"]}} | /value/columns
          {"value": {"constant": "1", "scale": {"column": "s"}}} | /value/scale
          {"time": {"header": "(20..)"}} | /value
          {"values": {"include": []}} | /values/include /values /value
          {"quote": ","} | /quote
          {"value": {"column": "v", "suffix": ""}} | /value/suffix
          {"value": {"column": "v", "zone": "Europe/Rome"}} | /value/zone
          {"status": {"column": "s", "percent": true}} | /status/percent
          """)
  void aValueThatMeansNothingIsRefused(String members, String pointers) throws Exception {
    refused("A", members, pointers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name": {"column": "n", "percent": true} | /properties/name/percent
          "name": {"column": "n", "scale": 10} | /properties/name/scale
          "name": {"column": "n", "thousands": ","} | /properties/name/thousands
          "capacityMw": {"column": "n", "flags": {"p": "P"}} | /properties/capacityMw/flags
          "organization": {"column": "n", "match": "colour"} | /properties/organization/match
          "name": {"columns": ["n", "m"], "constant": "x"} | /properties/name /properties/name/columns
          """)
  void aPropertyThatMeansNothingIsRefused(String property, String pointers) throws Exception {
    refused(put("faulty-members", PROPERTIES.formatted(property)), pointers);
  }

  @Test
  void allFaultsAreNamedTogether() throws Exception {
    JsonPath problem =
        put(
                "faulty-members",
                layout(
                    "A",
                    """
                    {"skip": 1001, "comment": "--", "unknown": "DROP", "fill": [], "thousands": ".",
                     "time": {"column": "t", "fiscal": "13"},
                     "value": {"column": "v", "scale": 0, "suffix": ""},
                     "dimensions": {"region": {"column": "r", "join": "-"},
                                    "indicator": {"column": "i", "match": "colour"}}}
                    """))
            .statusCode(400)
            .extract()
            .jsonPath();
    assertThat(problem.getList("errors.pointer", String.class))
        .containsExactlyInAnyOrder(
            "/skip",
            "/comment",
            "/unknown",
            "/fill",
            "/thousands",
            "/time/fiscal",
            "/value/scale",
            "/value/suffix",
            "/dimensions/region/join",
            "/dimensions/indicator/match");
  }

  @Test
  void theReasonSaysWhatAPatternLacks() throws Exception {
    assertThat(reason("M", "{\"time\": {\"column\": \"t\", \"pattern\": \"LL\"}}"))
        .contains("year");
    assertThat(reason("D", "{\"time\": {\"column\": \"t\", \"pattern\": \"yyyy-MM\"}}"))
        .contains("day");
    assertThat(reason("H", "{\"time\": {\"column\": \"t\", \"pattern\": \"yyyyMMdd hh\"}}"))
        .contains("hh");
  }

  private static String reason(String frequency, String members) throws Exception {
    return put("faulty-members", layout(frequency, members))
        .statusCode(400)
        .extract()
        .path("errors[0].detail");
  }

  private static void refused(String frequency, String members, String pointers) throws Exception {
    refused(put("faulty-members", layout(frequency, members)), pointers);
  }

  private static void refused(ValidatableResponse response, String pointers) {
    JsonPath problem =
        response.statusCode(400).contentType("application/problem+json").extract().jsonPath();
    assertThat(problem.getList("errors.pointer", String.class))
        .isNotEmpty()
        .isSubsetOf(List.of(pointers.split(" ", -1)));
    assertThat(problem.getList("errors.detail", String.class)).doesNotContain("");
    given().get("/api/v1/layouts/faulty-members").then().statusCode(404);
  }

  /** A layout of a long file, with these members instead of its own. */
  private static String layout(String frequency, String members) throws Exception {
    ObjectNode layout = (ObjectNode) JSON.readTree(SOURCES);
    layout.setAll((ObjectNode) JSON.readTree(members));
    return layout.put("into", "datasets/FAULTY_" + frequency).toString();
  }

  private static ValidatableResponse put(String name, String definition) {
    return json().body(definition).put("/api/v1/layouts/" + name).then();
  }

  private static RequestSpecification json() {
    return given().contentType("application/json").accept("application/json");
  }
}
