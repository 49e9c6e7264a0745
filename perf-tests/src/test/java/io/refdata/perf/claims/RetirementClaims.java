package io.refdata.perf.claims;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.perf.ConstantRate;
import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Retires the oldest years of a dataset by its retention, through the interface: each alone, beside
 * a deletion of the same rows from one table, and then all but the last year at once, beside a
 * client that reads and edits.
 */
final class RetirementClaims {
  private static final String SYSTEM = "sustainability platform";
  private static final int MAX_YEARS = 3;
  private static final int PER_SECOND = 1_000;
  private static final int REQUESTS = 5 * PER_SECOND;
  private static final int EDITED_EACH = 100;
  private static final int UNCACHED_EACH = 20;
  private static final int FACILITIES = 100;
  private static final int MOST_PERCENT = 99;

  private final ReadPlatform platform;
  private final PlainSql sql;
  private final String code;
  private final int dataset;

  /**
   * @param sql a connection to a database with the rows of the dataset in {@code claims.keyed}
   * @param code the dataset, in partitions by year
   */
  RetirementClaims(ReadPlatform platform, PlainSql sql, String code) throws SQLException {
    this.platform = platform;
    this.sql = sql;
    this.code = code;
    this.dataset = sql.dataset(code);
  }

  List<Claim> measure() throws Exception {
    List<Integer> years =
        sql
            .texts(
                "select extract(year from lower at time zone 'UTC')::text from curated.partition where dataset_id = %d and kind = 'VALUE' order by lower"
                    .formatted(dataset))
            .stream()
            .map(Integer::valueOf)
            .toList();
    int last = years.size() - 1;
    int alone = Math.max(1, Math.min(MAX_YEARS, last));
    Claim each = years(years.subList(0, alone));
    return alone < last ? List.of(each, beside(years.get(last))) : List.of(each);
  }

  /** A few years, one after the other. */
  private Claim years(List<Integer> years) throws Exception {
    double[] retired = new double[years.size()];
    double[] deleted = new double[years.size()];
    double[] vacuumed = new double[years.size()];
    for (int turn = 0; turn < years.size(); turn++) {
      int next = years.get(turn) + 1;
      keepFrom(next);
      retired[turn] = retire();
      deleted[turn] =
          Turns.millis(
              () ->
                  sql.execute(
                      "delete from claims.keyed where dataset_id = %d and time < '%d-01-01Z'"
                          .formatted(dataset, next)));
      vacuumed[turn] = Turns.millis(() -> sql.execute("vacuum claims.keyed"));
    }
    double platformMillis = Turns.median(retired);
    double delete = Turns.median(deleted);
    double vacuum = Turns.median(vacuumed);
    return new Claim(
        "partitions.retire",
        SYSTEM,
        "Partitions: retiring the oldest year",
        99.7,
        Figures.percentLess(platformMillis, delete + vacuum),
        "%",
        true,
        Figures.millis(platformMillis),
        Figures.format("%.1f ms to delete, %.1f ms to vacuum", delete, vacuum),
        "A year retired by POST /database/partitions/maintenance, which looks at all datasets and"
            + " records each step; the same rows deleted from one table with the same key, and"
            + " their space made free; %d in turn, medians.".formatted(years.size()));
  }

  /** All years before the last, at once, beside others. */
  private Claim beside(int last) throws Exception {
    ConstantRate.millis(PER_SECOND, requests());
    double quiet = most(ConstantRate.millis(PER_SECOND, requests()));
    keepFrom(last);
    long rows = rows();
    CompletableFuture<double[]> client = CompletableFuture.supplyAsync(this::client);
    double retired = retire();
    double busy = most(client.join());
    return new Claim(
        "partitions.retire.beside",
        SYSTEM,
        "Partitions: what others wait while years are retired",
        5,
        busy - quiet,
        "ms",
        false,
        Figures.format("p99 %.1f ms beside, %.1f ms alone", busy, quiet),
        "",
        Figures.format(
            "A client that sends 1,000 requests a second, of which 50 read a year past the caches"
                + " and 10 edit, while %,d rows in all partitions but the last were retired in"
                + " %.0f ms.",
            rows - rows(), retired));
  }

  private double[] client() {
    try {
      return ConstantRate.millis(PER_SECOND, requests());
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static double most(double... millis) {
    return Turns.percentile(MOST_PERCENT, millis);
  }

  private List<HttpRequest> requests() {
    return IntStream.range(0, REQUESTS).mapToObj(this::request).toList();
  }

  private HttpRequest request(int number) {
    if (number % EDITED_EACH == 0) {
      return ConstantRate.edit(
          platform.api("facilities/PLANT_" + number / EDITED_EACH % FACILITIES),
          "{\"name\": \"Renamed %d\"}".formatted(number));
    } else if (number % UNCACHED_EACH == 1) {
      String year = "datasets/FEW/observations?from=1995-01-01&to=1995-12-31&key=PERF_";
      return ConstantRate.read(platform.api(year + number % FACILITIES))
          .header("Cache-Control", "no-cache")
          .build();
    }
    return ConstantRate.read(platform.api("facilities/PLANT_" + number % FACILITIES)).build();
  }

  private long rows() throws SQLException {
    return Long.parseLong(
        sql.texts("select count(*)::text from curated.observation_" + dataset).get(0));
  }

  /** Sets the retention so that a year and those after it are kept. */
  private void keepFrom(int year) throws Exception {
    // The year before it ended so many whole years ago.
    int kept = Year.from(LocalDate.now(ZoneOffset.UTC)).getValue() - year;
    ObjectNode definition = (ObjectNode) platform.client().get("datasets/" + code);
    ((ObjectNode) definition.get("partitioning"))
        .put("retention", "P" + kept + "Y")
        .put("onExpiry", "DROP");
    HttpRequest request =
        HttpRequest.newBuilder(platform.api("datasets/" + code))
            .header("Content-Type", "application/json")
            .header("If-Match", "*")
            .PUT(BodyPublishers.ofString(definition.toString()))
            .build();
    ConstantRate.millis(1, List.of(request));
  }

  /** Retires what has expired; answers with the time in milliseconds. */
  private double retire() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(platform.api("database/partitions/maintenance"))
            .POST(BodyPublishers.noBody())
            .build();
    return ConstantRate.millis(1, List.of(request))[0];
  }
}
