package io.refdata.perf;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * 500 users at once, each asking again as soon as it is answered: 80 % reads of items and pages
 * that are asked for again and again, 15 % years of series, 5 % writes, half of them edits of items
 * and half pushes of observations.
 */
final class Mix {
  private static final int USERS = 500;

  private final ReadPlatform platform;
  private final Path script;

  Mix(ReadPlatform platform, int facilities) throws IOException {
    this.platform = platform;
    this.script =
        Files.writeString(
            platform.directory().resolve("mix.lua"),
            """
            local api = "/api/v1/"
            local fuels = {"HYDRO", "GAS", "COAL", "WIND", "SOLAR", "NUCLEAR"}
            local json = {["Accept"] = "application/json"}
            local patch = {["Content-Type"] = "application/merge-patch+json", ["If-Match"] = "*"}
            local push = {["Content-Type"] = "application/json"}
            local number = 0
            function request()
              local kind = math.random(100)
              number = number + 1
              if kind <= 60 then
                return wrk.format("GET", api .. "facilities/PLANT_" .. math.random(0, %1$d), json)
              elseif kind <= 80 then
                return wrk.format("GET", api .. "facilities?limit=50&fuel=" .. fuels[math.random(6)], json)
              elseif kind <= 95 then
                return wrk.format("GET", api .. "datasets/MANY/observations?from=1995-01-01&to=1995-03-31&key=PERF_"
                  .. math.random(0, 199), json)
              elseif kind <= 97 or (kind == 98 and number %% 2 == 0) then
                return wrk.format("PATCH", api .. "facilities/PLANT_" .. math.random(0, %2$d), patch,
                  '{"capacityMw": ' .. math.random(1, 900) .. '}')
              else
                return wrk.format("POST", api .. "datasets/MANY/observations", push,
                  '[{"indicator": "PERF_' .. math.random(0, 999) .. '", "time": "1995-02-01", "value": ' .. number .. '}]')
              end
            end
            function done(summary, latency, requests)
              io.write(string.format("p50 %%d p95 %%d p99 %%d requests %%d micros %%d errors %%d\\n",
                latency:percentile(50), latency:percentile(95), latency:percentile(99), summary.requests,
                summary.duration, summary.errors.status + summary.errors.connect + summary.errors.read
                  + summary.errors.write + summary.errors.timeout))
            end
            """
                .formatted(Math.min(facilities, 2_000) - 1, facilities - 1));
  }

  /**
   * What came of it.
   *
   * @param keptAnswers hits to hits and misses of all kept answers
   * @param secondLevel the same of the second-level cache
   */
  record Outcome(
      double p50Millis,
      double p95Millis,
      double p99Millis,
      double requestsPerSecond,
      double keptAnswers,
      double secondLevel) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d users: %.0f requests/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; kept answers %.3f,"
              + " second-level cache %.3f",
          USERS,
          requestsPerSecond,
          p50Millis,
          p95Millis,
          p99Millis,
          keptAnswers,
          secondLevel);
    }
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if any answer was an error, or did not come
   */
  Outcome run(int seconds) throws Exception {
    double[] before = use();
    String[] told = Wrk.script(platform.api("regions"), USERS, seconds, script).split(" ");
    if (!told[11].equals("0")) {
      throw new IllegalStateException(String.join(" ", told));
    }
    double[] after = use();
    return new Outcome(
        Double.parseDouble(told[1]) / 1e3,
        Double.parseDouble(told[3]) / 1e3,
        Double.parseDouble(told[5]) / 1e3,
        Double.parseDouble(told[7]) / Double.parseDouble(told[9]) * 1e6,
        ratio(before, after, 0),
        ratio(before, after, 2));
  }

  private static double ratio(double[] before, double[] after, int place) {
    double hits = after[place] - before[place];
    double misses = after[place + 1] - before[place + 1];
    return hits / Math.max(1, hits + misses);
  }

  /** Hits and misses of kept answers, then of the second-level cache. */
  private double[] use() throws Exception {
    double[] use = new double[4];
    for (JsonNode region : platform.client().get("database/caches").get("items")) {
      int place = region.get("region").asText().startsWith("answers.") ? 0 : 2;
      use[place] += region.get("hits").asDouble();
      use[place + 1] += region.get("misses").asDouble();
    }
    return use;
  }
}
