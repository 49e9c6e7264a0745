package io.refdata.api.feature;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rows of the published editions of a file, and of a push after them, against reads of what was
 * recorded, or published, by their cutoffs.
 */
@ArquillianTest
class FeatureEditionsIT {
  private final PlatformClient client = PlatformForTests.client();

  @Test
  void rowsOfEditionsAreThoseOfReadsAtTheirCutoffs() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.create("indicators/co2_per_capita", "{\"name\": \"CO2 per person\"}");
    client.yearly("FEAT_EDITIONS", "region=regions", "indicator=indicators");
    client.create(
        "layouts/feature-editions",
        """
        {"into": "datasets/FEAT_EDITIONS", "time": {"column": "year"}, "unknown": "IGNORE",
         "dimensions": {"region": {"column": "iso_code"}, "indicator": {"header": true}},
         "values": {"include": ["co2", "co2_per_capita"]}}
        """);
    for (Map.Entry<String, String> edition :
        List.of(
            Map.entry("co2-2020-08.csv", "2020-08-07T00:00:00Z"),
            Map.entry("co2-2020-11.csv", "2020-11-27T00:00:00Z"))) {
      JsonNode load =
          client.load(
              "layout=feature-editions&maxRejectRatio=0.5&publishedAt=" + edition.getValue(),
              BodyPublishers.ofFile(PublishedFiles.path(edition.getKey())));
      assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    }
    String pushed =
        client
            .push(
                "FEAT_EDITIONS",
                "[{\"region\": \"FRA\", \"indicator\": \"co2_per_capita\", \"time\": \"2018\","
                    + " \"value\": 5}]")
            .get("recordedAt")
            .asText();
    String definition =
        """
        {"kind": "FORECASTING", "dataset": "FEAT_EDITIONS", "entity": "region",
         "features": [{"lag": 0}, {"lag": 1}, {"diff": 1}, {"lag": 1, "indicator": "co2"}],
         "target": {"indicator": "co2_per_capita", "horizon": 1, "release": "LATEST"}, "periods": 3%s}
        """;
    client.create("feature-sets/feature-editions", definition.formatted(""));
    JsonNode recorded = client.get("feature-sets/feature-editions/rows").get("items");
    assertThat(recorded.findValuesAsText("cutoff").stream().distinct()).hasSize(3);
    assertRows(recorded, "asOf");
    client.create(
        "feature-sets/feature-publications",
        definition.formatted(", \"knownWhen\": \"PUBLISHED\""));
    JsonNode published = client.get("feature-sets/feature-publications/rows").get("items");
    assertThat(published.findValuesAsText("cutoff").stream().distinct())
        .containsExactly("2020-08-07T00:00:00Z", "2020-11-27T00:00:00Z", pushed);
    assertRows(published, "knownAt");
    client.create(
        "feature-sets/feature-months",
        definition.formatted(", \"knownWhen\": \"PUBLISHED\", \"cutoffs\": {\"every\": \"P1M\"}"));
    JsonNode months = client.get("feature-sets/feature-months/rows");
    assertThat(months.get("knownWhen").asText()).isEqualTo("PUBLISHED");
    assertThat(months.at("/items/0/cutoff").asText()).isEqualTo("2020-09-01T00:00:00Z");
  }

  /** Compares rows with what observations have when they are read as of their cutoffs. */
  private void assertRows(JsonNode items, String parameter) throws Exception {
    assertThat(items).hasSizeGreaterThanOrEqualTo(3 * 3 * 3);
    for (JsonNode row : items) {
      int year = row.get("ds").asInt();
      if (!PublishedFiles.areWhole() || row.get("unique_id").asText().equals("FRA")) {
        Double now = value(row, parameter, "co2_per_capita", year);
        Double before = value(row, parameter, "co2_per_capita", year - 1);
        assertThat(number(row, "lag0")).isEqualTo(now);
        assertThat(number(row, "lag1")).isEqualTo(before);
        assertThat(number(row, "diff1"))
            .isEqualTo(now == null || before == null ? null : now - before);
        assertThat(number(row, "co2_lag1")).isEqualTo(value(row, parameter, "co2", year - 1));
      }
    }
  }

  @Test
  void rowsByPublicationFollowWhatIsLoadedUntilSomethingLaterIsPublished() throws Exception {
    client.create("indicators/feature_a", "{\"name\": \"A\"}");
    client.yearly("FEAT_PUBLISHED", "region=regions", "indicator=indicators");
    load("2020-01-01T00:00:00Z", "FRA,feature_a,2019,1");
    String definition =
        """
        {"kind": "FORECASTING", "dataset": "FEAT_PUBLISHED", "entity": "region",
         "entities": ["FRA", "ITA"], "features": [{"lag": 0}%s], "target": {"indicator": "feature_a"},
         "knownWhen": "PUBLISHED", "cutoffs": ["2020-02-01T00:00:00Z"]}
        """;
    given()
        .contentType("application/json")
        .body(definition.formatted(", {\"static\": \"kind\"}"))
        .put("/api/v1/feature-sets/feature-published")
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/features/1/static"));
    client.create("feature-sets/feature-published", definition.formatted(""));
    String rows = "/api/v1/feature-sets/feature-published/rows";
    assertLag(rows, 1);
    given().get(rows).then().header("Server-Timing", containsString("cache;desc=\"hit\""));

    String recordedAt = load("2020-01-01T00:00:00Z", "FRA,feature_a,2019,2");
    String settled = rows + "?asOf=" + recordedAt;
    assertLag(rows, 2);
    String before = given().get(settled).then().statusCode(200).extract().asString();
    load("2020-01-15T00:00:00Z", "FRA,feature_a,2019,3");
    assertLag(rows, 3);
    load("2020-03-01T00:00:00Z", "FRA,feature_a,2019,4\nFRA,feature_a,2020,5");
    assertLag(rows, 3);
    given().get(rows).then().body("items.y", contains(5.0f));
    assertThat(given().get(settled).asString()).isEqualTo(before);
    given()
        .get(rows + "?format=csv")
        .then()
        .body(
            equalTo(
                """
                unique_id,ds,cutoff,y,lag0
                FRA,2019,2020-02-01T00:00:00Z,5.0,3.0
                ITA,,2020-02-01T00:00:00Z,,
                """));
    given()
        .get("/api/v1/feature-sets/feature-published/latest")
        .then()
        .body("items.cutoff", contains("2020-03-01T00:00:00Z"))
        .body("items.lag0", contains(5.0f));
  }

  private static void assertLag(String rows, float lag) {
    given()
        .get(rows)
        .then()
        .statusCode(200)
        .body("items.lag0", contains(lag))
        .body("missing.unique_id[0]", contains("ITA"));
  }

  /** Loads a line; the instant at which it was recorded. */
  private String load(String publishedAt, String lines) throws Exception {
    JsonNode load =
        client.load(
            "into=datasets/FEAT_PUBLISHED&publishedAt=" + publishedAt,
            BodyPublishers.ofString("region,indicator,time,value\n" + lines + "\n"));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    return load.get("recordedAt").asText();
  }

  private static @Nullable Double number(JsonNode row, String name) {
    assertThat(row.has(name)).as(name).isTrue();
    return row.get(name).isNull() ? null : row.get(name).asDouble();
  }

  /** The value that a read as of the cutoff of a row answers. */
  private @Nullable Double value(JsonNode row, String parameter, String indicator, int year)
      throws Exception {
    JsonNode values =
        client
            .get(
                "datasets/FEAT_EDITIONS/observations?key=%s.%s&from=%d&to=%d&%s=%s"
                    .formatted(
                        row.get("unique_id").asText(),
                        indicator,
                        year,
                        year,
                        parameter,
                        row.get("cutoff").asText()))
            .at("/series/0/value/0");
    return values.isNumber() ? values.asDouble() : null;
  }
}
