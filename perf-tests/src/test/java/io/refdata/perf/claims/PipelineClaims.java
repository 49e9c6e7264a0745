package io.refdata.perf.claims;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.perf.ConstantRate;
import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures the way from the raw file to curated data, and queries of this data. */
final class PipelineClaims {
  private static final String SYSTEM = "sports-odds platform";
  private static final String DATASET = "PIPELINE";
  private static final int SERIES = 1_000;
  private static final int BATCHES = 9;
  private static final int WARM_UP = 3;
  private static final int QUERIES = 200;
  private static final LocalDate FIRST = LocalDate.of(2001, 1, 1);
  private static final Pattern DATABASE = Pattern.compile("db;dur=([\\d.]+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ReadPlatform platform;
  private final int rows;

  /**
   * @param rows the number of rows of a large file
   */
  PipelineClaims(ReadPlatform platform, int rows) {
    this.platform = platform;
    this.rows = rows;
  }

  List<Claim> measure() throws Exception {
    platform
        .client()
        .create(
            "datasets/" + DATASET,
            """
            {"name": "Daily values", "frequency": "D", "partitioning": {"interval": "YEAR"},
             "dimensions": [{"code": "indicator", "values": "indicators"}]}
            """);
    List<Claim> claims = new ArrayList<>(batches());
    claims.add(file());
    claims.add(analytics());
    claims.add(join());
    claims.add(query());
    return claims;
  }

  private List<Claim> batches() throws Exception {
    double[] received = new double[BATCHES];
    double[] staged = new double[BATCHES];
    for (int i = -WARM_UP; i < BATCHES; i++) {
      String csv = csv(i + WARM_UP, 1);
      long start = System.nanoTime();
      JsonNode sent =
          platform.client().send("into=datasets/" + DATASET, BodyPublishers.ofString(csv));
      double millis = (System.nanoTime() - start) / 1e6;
      JsonNode load = completed(platform.client().ended(sent.get("id").asLong()));
      if (i >= 0) {
        received[i] = millis;
        staged[i] = 1_000 * seconds(load, "stage");
      }
    }
    double ingestion = Turns.median(received);
    String how =
        "From the first byte of a batch of 1,000 rows over HTTP until the response, when it is on disk and its record committed; %d batches, the median."
            .formatted(BATCHES);
    return List.of(
        millis("pipeline.raw", "Raw ingestion of a batch", 1, ingestion, how),
        millis("pipeline.raw.target", "Raw ingestion of a batch, the target", 50, ingestion, how),
        millis(
            "pipeline.staging",
            "Staging of a batch",
            75,
            Turns.median(staged),
            "The step that reads, checks and stages 1,000 rows, as the load's record has it; %d batches, the median."
                .formatted(BATCHES)));
  }

  private Claim file() throws Exception {
    int days = rows / SERIES;
    String csv = csv(BATCHES + WARM_UP, days);
    long start = System.nanoTime();
    completed(platform.client().load("into=datasets/" + DATASET, BodyPublishers.ofString(csv)));
    double rate = days * SERIES / ((System.nanoTime() - start) / 1e9);
    return new Claim(
        "pipeline.rate",
        SYSTEM,
        "Records a second",
        1_000,
        rate,
        "rows/s",
        true,
        Figures.format("%.0f rows/s", rate),
        "",
        "A file of %d rows from its first byte over HTTP until the load is completed and seen."
            .formatted(days * SERIES));
  }

  private Claim analytics() throws Exception {
    double[] millis;
    try (PlainSql sql = new PlainSql(platform.dataSource())) {
      String query =
          """
          select s.key, date_trunc('month', o.time, 'UTC') as month, avg(o.value), min(o.value), max(o.value)
            from curated.observation_%d o
            join curated.series s on s.id = o.series_id
           where o.time >= '1995-01-01Z' and o.time < '1996-01-01Z'
           group by s.key, month
          """
              .formatted(sql.dataset("MANY"));
      millis = Turns.medianMillis(() -> sql.texts(query));
    }
    return millis(
        "pipeline.analytics",
        "Analytics over curated data",
        200,
        millis[0],
        "Means and extremes by month of all 1,000 series over a year, as an analyst's SQL, since"
            + " the API has no such query yet; every row taken, the median.");
  }

  private Claim join() throws Exception {
    HttpRequest request =
        uncached("facilities?limit=1000&expand=region,organization,emissionSources");
    double[] millis = Turns.medianMillis(() -> response(request));
    return millis(
        "pipeline.join",
        "Joins over curated data",
        150,
        millis[0],
        "1,000 facilities with regions, operators and emission sources, made from the database,"
            + " over HTTP until the last byte; the median.");
  }

  private Claim query() throws Exception {
    double[] millis = new double[QUERIES];
    for (int i = -QUERIES; i < QUERIES; i++) {
      HttpResponse<byte[]> response = response(uncached("facilities/PLANT_" + (i + QUERIES) % 997));
      Matcher duration =
          DATABASE.matcher(response.headers().firstValue("Server-Timing").orElseThrow());
      if (!duration.find()) {
        throw new IllegalStateException("No db in " + response.headers());
      }
      if (i >= 0) {
        millis[i] = Double.parseDouble(duration.group(1));
      }
    }
    return millis(
        "pipeline.query",
        "A query",
        1,
        Turns.median(millis),
        "One facility with its region and operator, past all caches: the time in the database as"
            + " Server-Timing says; 200 after as many to warm up, the median.");
  }

  private static Claim millis(String id, String what, double claimed, double millis, String how) {
    return new Claim(
        id, SYSTEM, what, claimed, millis, "ms", false, Figures.millis(millis), "", how);
  }

  /** A read without the response cache. */
  private HttpRequest uncached(String path) {
    return ConstantRate.read(platform.api(path)).header("Cache-Control", "no-cache").build();
  }

  private static HttpResponse<byte[]> response(HttpRequest request) throws Exception {
    HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.toString());
    }
    return response;
  }

  /** Some days of all series, day by day, as a provider sends them. */
  private static String csv(int firstDay, int days) {
    StringBuilder csv = new StringBuilder("indicator,time,value\n");
    for (int day = firstDay; day < firstDay + days; day++) {
      LocalDate date = FIRST.plusDays(day);
      for (int series = 0; series < SERIES; series++) {
        csv.append("PERF_").append(series).append(',').append(date).append(',');
        csv.append(day * 7 % 5_000 + series).append(".25\n");
      }
    }
    return csv.toString();
  }

  private static JsonNode completed(JsonNode load) {
    if (!load.get("state").asText().equals("COMPLETED")) {
      throw new IllegalStateException(load.toString());
    }
    return load;
  }

  private static double seconds(JsonNode load, String step) {
    for (JsonNode one : load.get("steps")) {
      if (one.get("name").asText().equals(step)) {
        return one.get("seconds").asDouble();
      }
    }
    throw new IllegalStateException(load.toString());
  }
}
