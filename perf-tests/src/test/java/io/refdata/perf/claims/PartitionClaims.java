package io.refdata.perf.claims;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dataset.Details;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.value.Code;
import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.SeriesCache;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Compares observations in partitions by year with the same rows in one table, with the same key
 * and without a key. In the end it retires the oldest years, so it must run after all reads of the
 * dataset.
 */
final class PartitionClaims {
  private static final String SYSTEM = "sustainability platform";
  private static final int SERIES = 100;
  private static final SeriesSelection SELECTION =
      new SeriesSelection(
          List.of(
              List.of(
                  IntStream.range(0, SERIES)
                      .mapToObj(series -> new Code("PERF_" + 7 * series))
                      .toList())),
          List.of(),
          null);

  private final ReadPlatform platform;
  private final DataSource source;
  private final String code;

  /**
   * @param code a dataset of daily values by indicator, in partitions by year
   */
  PartitionClaims(ReadPlatform platform, String code) {
    this.platform = platform;
    this.source = platform.dataSource();
    this.code = code;
  }

  List<Claim> measure() throws Exception {
    try (PlainSql sql = new PlainSql(source);
        Copies copies = new Copies(sql)) {
      int id = sql.dataset(code);
      // In the order of the rows in the file.
      sql.execute(
          "create table claims.bare (like curated.observation_%d including all excluding indexes)"
              .formatted(id),
          "insert into claims.bare select * from curated.observation_%d order by series_id, time"
              .formatted(id),
          "create table claims.keyed (like claims.bare including all)",
          "insert into claims.keyed select * from claims.bare",
          "alter table claims.keyed add primary key (dataset_id, series_id, time)",
          "vacuum analyze claims.bare",
          "vacuum analyze claims.keyed");
      Instant middle = day(sql, id, "min(first) + (max(last) - min(first)) / 2");
      Instant end = day(sql, id, "max(last)").plus(Duration.ofDays(1));
      Dataset dataset = dataset(id);
      List<Claim> claims = new ArrayList<>();
      claims.addAll(read("range", "a month", 93, dataset, after(middle, 30)));
      claims.addAll(read("recent", "the latest week", 98, dataset, after(end, -7)));
      claims.addAll(new RetirementClaims(platform, sql, code).measure());
      return claims;
    }
  }

  private Dataset dataset(int id) {
    Dataset dataset =
        new Dataset(
            new Code(code),
            "Daily values",
            new Details(
                null,
                null,
                Frequency.D,
                List.of(new Dimension(new Code("indicator"), "indicators")),
                new Partitioning(Interval.YEAR, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(id, 0);
    return dataset;
  }

  private static Instant day(PlainSql sql, int dataset, String expression) throws SQLException {
    String day =
        sql.texts(
                "select to_char(%s, 'YYYY-MM-DD') from curated.series where dataset_id = %d"
                    .formatted(expression, dataset))
            .get(0);
    return Instant.parse(day + "T00:00:00Z");
  }

  /** The range of some days from an instant on, or up to it if the number is negative. */
  private static Range after(Instant instant, int days) {
    Instant other = instant.plus(Duration.ofDays(days));
    return days < 0
        ? new Range(other, instant, null, null, null, null, 0)
        : new Range(instant, other, null, null, null, null, 0);
  }

  private List<Claim> read(String name, String what, double claimed, Dataset dataset, Range range)
      throws Exception {
    double[] millis;
    try (Side platform = Side.platform(source);
        Side keyed = Side.with(source, "claims.keyed");
        Side bare = Side.with(source, "claims.bare")) {
      millis =
          Turns.medianMillis(
              () -> read(platform, dataset, range),
              () -> read(keyed, dataset, range),
              () -> read(bare, dataset, range));
    }
    String title = "Partitions: " + what + ", ";
    String how =
        "100 of 1,000 series read by the platform's own class, all rows taken: from its partitions,"
            + " and from one table with the same rows ";
    return List.of(
        claim(
            "partitions." + name,
            title + "to the same key",
            claimed,
            millis[0],
            millis[1],
            how + "and the same key, so that the partitions alone make the difference."),
        claim(
            "partitions." + name + ".scan",
            title + "to a scan",
            claimed,
            millis[0],
            millis[2],
            how + "and no index, so that it is read from end to end."));
  }

  private static void read(Side side, Dataset dataset, Range range) throws Exception {
    int[] rows = new int[1];
    new Observations(side.jdbi(), new SeriesCache(new Versions()))
        .read(
            dataset,
            SELECTION,
            range,
            (series, observations) -> {
              while (observations.next()) {
                rows[0]++;
              }
            });
    if (rows[0] < SERIES) {
      throw new IllegalStateException(rows[0] + " rows");
    }
  }

  private static Claim claim(
      String id, String what, double claimed, double platform, double other, String how) {
    return new Claim(
        id,
        SYSTEM,
        what,
        claimed,
        Figures.percentLess(platform, other),
        "%",
        true,
        Figures.millis(platform),
        Figures.millis(other),
        how);
  }
}
