package io.refdata.api.feature;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Rows of the published editions of a file, and of a push after them, against reads as of their
 * cutoffs.
 */
@ArquillianTest
class FeatureEditionsIT {
  private final PlatformClient client = PlatformForTests.client();

  @Test
  void rowsOfEditionsAreThoseOfReadsAsOfTheirCutoffs() throws Exception {
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
    client.push(
        "FEAT_EDITIONS",
        "[{\"region\": \"FRA\", \"indicator\": \"co2_per_capita\", \"time\": \"2018\", \"value\":"
            + " 5}]");
    client.create(
        "feature-sets/feature-editions",
        """
        {"kind": "FORECASTING", "dataset": "FEAT_EDITIONS", "entity": "region",
         "features": [{"lag": 0}, {"lag": 1}, {"diff": 1}, {"lag": 1, "indicator": "co2"}],
         "target": {"indicator": "co2_per_capita", "horizon": 1, "release": "LATEST"}, "periods": 3}
        """);
    JsonNode items = client.get("feature-sets/feature-editions/rows").get("items");
    assertThat(items).hasSizeGreaterThanOrEqualTo(3 * 3 * 3);
    assertThat(items.findValuesAsText("cutoff").stream().distinct()).hasSize(3);
    for (JsonNode row : items) {
      int year = row.get("ds").asInt();
      if (!PublishedFiles.areWhole() || row.get("unique_id").asText().equals("FRA")) {
        Double now = value(row, "co2_per_capita", year);
        Double before = value(row, "co2_per_capita", year - 1);
        assertThat(number(row, "lag0")).isEqualTo(now);
        assertThat(number(row, "lag1")).isEqualTo(before);
        assertThat(number(row, "diff1"))
            .isEqualTo(now == null || before == null ? null : now - before);
        assertThat(number(row, "co2_lag1")).isEqualTo(value(row, "co2", year - 1));
      }
    }
  }

  private static @Nullable Double number(JsonNode row, String name) {
    assertThat(row.has(name)).as(name).isTrue();
    return row.get(name).isNull() ? null : row.get(name).asDouble();
  }

  /** The value that a read as of the cutoff of a row answers. */
  private @Nullable Double value(JsonNode row, String indicator, int year) throws Exception {
    JsonNode values =
        client
            .get(
                "datasets/FEAT_EDITIONS/observations?key=%s.%s&from=%d&to=%d&asOf=%s"
                    .formatted(
                        row.get("unique_id").asText(),
                        indicator,
                        year,
                        year,
                        row.get("cutoff").asText()))
            .at("/series/0/value/0");
    return values.isNumber() ? values.asDouble() : null;
  }
}
