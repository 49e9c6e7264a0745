package io.refdata.perf.claims;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.perf.ConstantRate;
import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures users who each send a request per second: 60 % read items, some of them much more often
 * than others, 20 % read pages, 15 % quarters of series, 5 % are edits and pushes.
 */
final class UserClaims {
  private static final int USERS = 600;
  private static final double PATIENCE_MILLIS = 500;
  private static final String[] FUELS = {"HYDRO", "GAS", "COAL", "WIND", "SOLAR", "NUCLEAR"};

  private final ReadPlatform platform;
  private final int facilities;
  private final int seconds;
  private final Random random = new Random(42);

  /**
   * @param seconds how long the users are measured, after a warm-up of the same length
   */
  UserClaims(ReadPlatform platform, int facilities, int seconds) {
    this.platform = platform;
    this.facilities = facilities;
    this.seconds = seconds;
  }

  List<Claim> measure() throws Exception {
    ConstantRate.millis(USERS, requests());
    long[] before = hitsAndMisses();
    double[] millis = ConstantRate.millis(USERS, requests());
    long[] after = hitsAndMisses();
    double inTime = Arrays.stream(millis).filter(one -> one <= PATIENCE_MILLIS).count();
    double served = USERS * inTime / millis.length;
    double hits = after[0] - before[0];
    double misses = after[1] - before[1];
    String traffic =
        "600 users, each once a second for %d seconds after as many to warm up: 60 %% items (of all facilities, by Zipf's law), 20 %% pages, 15 %% quarters of series, 5 %% edits and pushes; "
            .formatted(seconds);
    return List.of(
        new Claim(
            "users.served",
            "sports-odds platform",
            "Users at once",
            500,
            served,
            "users",
            true,
            Figures.format("%.0f of %d; p95 %.0f ms", served, USERS, Turns.percentile(95, millis)),
            "",
            traffic
                + "none may fail; the users are counted by the part of the requests that was"
                + " answered within 500 ms."),
        new Claim(
            "cache.hits",
            "technical-analysis platform",
            "Cache hit rate (60 to 80)",
            80,
            100 * hits / (hits + misses),
            "%",
            true,
            Figures.format("%.0f hits, %.0f misses", hits, misses),
            "",
            traffic
                + "hits of the response cache divided by hits and misses, as the platform counts"
                + " them."));
  }

  private List<HttpRequest> requests() {
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < USERS * seconds; i++) {
      requests.add(request(random.nextInt(200)));
    }
    return requests;
  }

  private HttpRequest request(int kind) {
    // Zipf's law: the number of the item rises exponentially with the draw.
    int facility = (int) Math.pow(facilities, random.nextDouble()) - 1;
    if (kind < 120) {
      return ConstantRate.read(platform.api("facilities/PLANT_" + facility)).build();
    }
    if (kind < 160) {
      String fuel = FUELS[random.nextInt(FUELS.length)];
      return ConstantRate.read(platform.api("facilities?fuel=" + fuel)).build();
    }
    if (kind < 190) {
      return ConstantRate.read(
              platform.api(
                  "datasets/MANY/observations?from=1995-01-01&to=1995-03-31&key=PERF_"
                      + random.nextInt(200)))
          .build();
    }
    if (kind < 195) {
      return ConstantRate.edit(
          platform.api("facilities/PLANT_" + facility),
          "{\"capacityMw\": %d}".formatted(random.nextInt(900)));
    }
    return HttpRequest.newBuilder(platform.api("datasets/MANY/observations"))
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                "[{\"indicator\": \"PERF_%d\", \"time\": \"1995-02-01\", \"value\": %d.5}]"
                    .formatted(random.nextInt(1_000), random.nextInt(5_000))))
        .build();
  }

  /** Hits and misses of all regions of the response cache. */
  private long[] hitsAndMisses() throws Exception {
    long[] sums = new long[2];
    for (JsonNode region : platform.client().get("database/caches").get("items")) {
      if (region.get("region").asText().startsWith("answers.")) {
        sums[0] += region.get("hits").asLong();
        sums[1] += region.get("misses").asLong();
      }
    }
    return sums;
  }
}
