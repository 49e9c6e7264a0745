package io.refdata.perf.claims;

import io.refdata.dataset.Dataset;
import io.refdata.dataset.Dataset.Details;
import io.refdata.dataset.Dimension;
import io.refdata.dataset.Frequency;
import io.refdata.dataset.Freshness;
import io.refdata.dataset.Interval;
import io.refdata.dataset.Partitioning;
import io.refdata.perf.gate.Claim;
import io.refdata.persistence.dataset.Observations;
import io.refdata.persistence.dataset.Observations.Range;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.reference.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Observations in partitions by year, against the same rows in one table: read, which changes
 * nothing, and then the oldest years retired, which ends the dataset for other measurements.
 */
final class PartitionClaims {
  private static final String SYSTEM = "sustainability platform";
  private static final int MOST_YEARS = 3;
  private static final String READ =
      " of all %d series, read by the platform's own class, every row taken: from its partitions,"
          + " and from %s; by turns, medians.";

  private final DataSource source;
  private final Dataset dataset;
  private final int id;

  PartitionClaims(DataSource source, String code) throws Exception {
    this.source = source;
    this.id =
        (int)
            Copies.number(
                source, "select id from curated.dataset where code = '%s'".formatted(code));
    this.dataset =
        new Dataset(
            new Code(code),
            "Daily values",
            new Details(
                null,
                null,
                Frequency.D,
                List.of(new Dimension(new Code("indicator"), "indicators")),
                new Partitioning(Interval.YEAR, 1, null, "DETACH"),
                new Freshness(null, null),
                "REJECT"));
    this.dataset.recordedAs(id, 0);
  }

  List<Claim> measure() throws Exception {
    try (Copies copies = new Copies(source)) {
      // In the order in which the file brought them.
      copies.execute(
          "create table claims.bare (like curated.observation including all excluding indexes)",
          "insert into claims.bare select * from curated.observation where dataset_id = %d order by series_id, time"
              .formatted(id),
          "create table claims.keyed (like claims.bare including all)",
          "insert into claims.keyed select * from claims.bare",
          "alter table claims.keyed add primary key (dataset_id, series_id, time)",
          "vacuum analyze claims.bare",
          "vacuum analyze claims.keyed");
      List<Claim> claims = new ArrayList<>();
      Instant end = Instant.parse(bound("max(last)")).plus(Duration.ofDays(1));
      Instant middle = Instant.parse(bound("min(first) + (max(last) - min(first)) / 2"));
      claims.addAll(read("range", "A month", 93, middle, middle.plus(Duration.ofDays(30))));
      claims.addAll(read("recent", "The latest week", 98, end.minus(Duration.ofDays(7)), end));
      claims.add(retire(copies));
      return claims;
    }
  }

  private String bound(String expression) throws Exception {
    return Copies.texts(
            source,
            "select to_char(date_trunc('day', %s), 'YYYY-MM-DD\"T00:00:00Z\"') from curated.series where dataset_id = %d"
                .formatted(expression, id))
        .get(0);
  }

  private List<Claim> read(String name, String what, double claimed, Instant from, Instant before)
      throws Exception {
    try (Side platform = Side.platform(source);
        Side keyed = Side.with(source, "curated.observation", "claims.keyed");
        Side bare = Side.with(source, "curated.observation", "claims.bare")) {
      int series =
          (int)
              Copies.number(source, "select count(*) from curated.series where dataset_id = " + id);
      double[] millis =
          Turns.medianMillis(
              () -> rows(platform, from, before),
              () -> rows(keyed, from, before),
              () -> rows(bare, from, before));
      return List.of(
          claim(
              "partitions." + name,
              "Partitions: " + what.toLowerCase(java.util.Locale.ROOT) + " of all series",
              claimed,
              millis[0],
              millis[1],
              what + READ.formatted(series, "one table with the same key")),
          claim(
              "partitions." + name + ".scanned",
              "Partitions: "
                  + what.toLowerCase(java.util.Locale.ROOT)
                  + " of all series, to a scan",
              claimed,
              millis[0],
              millis[2],
              what
                  + READ.formatted(
                      series, "one table without an index for it, which is read from end to end")));
    }
  }

  private void rows(Side side, Instant from, Instant before) throws Exception {
    int[] rows = new int[1];
    new Observations(side.jdbi())
        .read(
            dataset,
            new SeriesSelection(List.of(), List.of(), null),
            new Range(from, before, null, null, null, null, 0),
            (series, observations) -> {
              while (observations.next()) {
                rows[0] += Double.isNaN(Objects.requireNonNull(observations.value())) ? 0 : 1;
              }
            });
    if (rows[0] == 0) {
      throw new IllegalStateException("A range without rows measures nothing");
    }
  }

  private Claim retire(Copies copies) throws Exception {
    List<String> leaves =
        Copies.texts(
            source,
            "select inhrelid::regclass from pg_inherits where inhparent = 'curated.observation_%d'::regclass order by 1::text"
                .formatted(id));
    int years = Math.min(MOST_YEARS, leaves.size());
    double[] detached = new double[years];
    double[] deleted = new double[years];
    for (int turn = 0; turn < years; turn++) {
      String suffix = leaves.get(turn).replaceFirst(".*observation_\\d+_", "");
      detached[turn] =
          Turns.millis(
              () -> {
                for (String parent : List.of("observation", "observation_vintage")) {
                  copies.execute(
                      "alter table curated.%1$s_%2$d detach partition curated.%1$s_%2$d_%3$s concurrently"
                          .formatted(parent, id, suffix),
                      "drop table curated.%s_%d_%s".formatted(parent, id, suffix));
                }
              });
      deleted[turn] =
          Turns.millis(
              () ->
                  copies.execute(
                      "delete from claims.keyed where dataset_id = %d and time < date '%s' + interval '1 year'"
                          .formatted(id, suffix)));
    }
    return claim(
        "partitions.retire",
        "Partitions: retiring the oldest year",
        99.7,
        Turns.median(detached),
        Turns.median(deleted),
        "A year's partition, and that of its vintages, detached without blocking readers and"
            + " dropped; the same rows deleted from one table with the same key, which a vacuum has"
            + " still to"
            + " clean up; %d years in turn, medians.".formatted(years));
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
