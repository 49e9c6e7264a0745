package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures a bundle of three frequencies and five functions over all days of a series, ten years at
 * full scale: of series that were not asked for before, and again. The time is that of the server,
 * from the arrival of the request to the beginning of the response.
 */
final class CalculationSpeed {
  private static final int REQUESTS = 20;
  private static final Pattern TOTAL = Pattern.compile("total;dur=([0-9.]+)");
  private static final String BODY =
      """
      {"dataset": "MANY", "key": "PERF_%d", "frequencies": ["D", "W", "M"], "functions": [
       {"name": "ma", "n": 20}, {"name": "ema", "n": 20}, {"name": "pldot"}, {"name": "envelope", "n": 20, "percent": 5},
       {"name": "crossings", "fast": {"name": "ma", "n": 5}, "slow": {"name": "ma", "n": 20}}]}
      """;

  private final ReadPlatform platform;
  private final HttpClient http = HttpClient.newHttpClient();
  private int series;

  CalculationSpeed(ReadPlatform platform) {
    this.platform = platform;
  }

  /** The medians in milliseconds: of new questions, and of the same once more. */
  List<Measurement> measure(String coldId, String cachedId) throws Exception {
    List<Double> cold = new ArrayList<>();
    List<Double> cached = new ArrayList<>();
    for (int turn = 0; turn <= Scale.turns(); turn++) {
      List<Double> first = new ArrayList<>();
      List<Double> again = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++, series++) {
        first.add(millis(series));
        again.add(millis(series));
      }
      if (turn > 0) { // The first one warms up.
        cold.add(Measurement.median(first));
        cached.add(Measurement.median(again));
      }
    }
    return List.of(
        new Measurement(coldId, cold, "", "", null),
        new Measurement(cachedId, cached, "", "", null));
  }

  private double millis(int one) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(platform.api("calculations"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(BODY.formatted(one)))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    Matcher total = TOTAL.matcher(response.headers().firstValue("Server-Timing").orElseThrow());
    assertThat(total.find()).isTrue();
    return Double.parseDouble(total.group(1));
  }
}
