package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the rows of a feature set of 100 regions, 60 cutoffs and 20 features: worked out anew,
 * and from the cache. Each cutoff is a push that adds a month. The time is that of the server, from
 * the arrival of the request to the beginning of the response.
 */
final class FeatureSpeed {
  private static final int REGIONS = 100;
  private static final int CUTOFFS = 60;
  private static final int REQUESTS = Scale.isSmall() ? 3 : 10;
  private static final YearMonth FIRST = YearMonth.of(2015, 1);
  private static final Pattern TOTAL = Pattern.compile("total;dur=([0-9.]+)");

  private static final String SET =
      """
      {"name": "Speed", "version": 1, "kind": "FORECASTING", "dataset": "FEATURES", "entity": "region",
       "features": [%s], "target": {"indicator": "PERF_0", "horizon": 1, "release": "LATEST"},
       "cutoffs": "EACH_VINTAGE"}
      """;

  private static final String ROW =
      """
      {"region": "%s", "indicator": "PERF_0", "time": "%s", "value": %d}
      """;

  private final ReadPlatform platform;
  private final HttpClient http = HttpClient.newHttpClient();

  FeatureSpeed(ReadPlatform platform) {
    this.platform = platform;
  }

  /** The medians in milliseconds: worked out, and from the cache. */
  List<Measurement> measure(String coldId, String warmId) throws Exception {
    fill();
    assertThat(platform.get("feature-sets/features/rows").body().length)
        .as("bytes of the rows")
        .isGreaterThan(REGIONS * CUTOFFS * 20);
    List<Double> cold = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    for (int turn = 0; turn <= Scale.turns(); turn++) {
      List<Double> workedOut = new ArrayList<>();
      List<Double> cached = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        workedOut.add(millis("no-cache"));
        millis("max-age=0");
        cached.add(millis("max-age=0"));
      }
      if (turn > 0) { // The first one warms up.
        cold.add(Measurement.median(workedOut));
        warm.add(Measurement.median(cached));
      }
    }
    return List.of(
        new Measurement(coldId, cold, "", "", null), new Measurement(warmId, warm, "", "", null));
  }

  private void fill() throws Exception {
    PlatformClient client = platform.client();
    client.create(
        "datasets/FEATURES",
        """
        {"name": "Features", "frequency": "M", "partitioning": {"interval": "YEAR"},
         "dimensions": [{"code": "region", "values": "regions"},
                        {"code": "indicator", "values": "indicators"}]}
        """);
    List<String> regions = new ArrayList<>();
    for (JsonNode region : client.get("regions?kind=COUNTRY&limit=" + REGIONS).get("items")) {
      regions.add(region.get("code").asText());
    }
    assertThat(regions).hasSize(REGIONS);
    for (int month = 0; month < CUTOFFS; month++) {
      List<String> rows = new ArrayList<>();
      for (String region : regions) {
        rows.add(ROW.formatted(region, FIRST.plusMonths(month), 100 + (month + rows.size()) % 37));
      }
      assertThat(client.push("FEATURES", "[" + String.join(",", rows) + "]").get("rejected"))
          .isEmpty();
    }
    List<String> features = new ArrayList<>();
    for (int lag = 0; lag < 10; lag++) {
      features.add("{\"lag\": " + lag + "}");
    }
    for (int window = 2; window < 7; window++) {
      features.add("{\"roll\": \"mean\", \"window\": " + window + "}");
      features.add("{\"roll\": \"max\", \"window\": " + window + "}");
    }
    client.create("feature-sets/features", SET.formatted(String.join(", ", features)));
  }

  private double millis(String control) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(platform.api("feature-sets/features/rows"))
                .header("Accept", "application/json")
                .header("Cache-Control", control)
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    Matcher total = TOTAL.matcher(response.headers().firstValue("Server-Timing").orElseThrow());
    assertThat(total.find()).isTrue();
    return Double.parseDouble(total.group(1));
  }
}
