package io.refdata.persistence.derivation;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.SeriesCache;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Monthly values of regions in GWH, in partitions of a year, that a test writes and reads. */
final class RegionYears {
  private final Jdbi jdbi;
  private final Versions versions = new Versions();
  private final Dataset dataset;
  private final int id;

  /** Makes the dataset, without values. */
  RegionYears(MigratedDatabase database, int id) {
    this.jdbi = Database.of(database.dataSource());
    this.id = id;
    this.dataset =
        new Dataset(
            new Code("YEARS_" + id),
            "Years",
            new Dataset.Details(
                null,
                null,
                Frequency.M,
                List.of(new Dimension(new Code("region"), "regions")),
                new Partitioning(Interval.YEAR, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(id, 0);
    execute(
        """
        insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval, unit_id)
        overriding system value
        select %1$d, 'YEARS_%1$d', 'Years', 'M', '{region}', '{regions}', 'YEAR', u.id
          from ref.unit u where u.code = 'GWH';
        select curated.attach_dataset(%1$d);
        """
            .formatted(id));
  }

  Dataset dataset() {
    return dataset;
  }

  void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  /**
   * Pushes values.
   *
   * @param values each a region, a month and a number
   * @return the revision
   */
  int push(String... values) {
    List<Pushed.Row> rows = new ArrayList<>();
    for (String value : values) {
      String[] parts = value.split(" ", -1);
      rows.add(
          new Pushed.Row(
              rows.size() + 1,
              parts[0],
              List.of(parts[0]),
              month(parts[1]),
              Double.parseDouble(parts[2]),
              'A'));
    }
    Pushed pushed =
        new Pushes(jdbi, new ItemCaches(), versions)
            .push(dataset, rows, "[]", List.of(), new Author("test", null));
    return Objects.requireNonNull(pushed.revision());
  }

  /**
   * Deletes all values of a region, as a load that replaces does.
   *
   * @return the revision
   */
  int delete(String region) {
    int revision = revision();
    execute(
        """
        with gone as (
          delete from curated.observation_%1$d o
           where o.series_id = (select s.id from curated.series s where s.dataset_id = %1$d and s.key = '%2$s')
          returning o.*)
        insert into curated.observation_vintage_%1$d (time, value, dataset_id, series_id, rev, superseded_by, status)
        select g.time, g.value, g.dataset_id, g.series_id, g.rev, %3$d, g.status from gone g;
        update curated.partition set rev = %3$d where dataset_id = %1$d;
        """
            .formatted(id, region, revision));
    return revision;
  }

  /**
   * Removes the partitions that end before a month, as retention does.
   *
   * @return the revision
   */
  int retire(String month) {
    int revision = revision();
    execute(
        """
        with expired as (
          delete from curated.partition where dataset_id = %1$d and upper <= '%2$s'
          returning lower, upper, dataset_id, kind, leaf)
        insert into curated.retired_partition (lower, upper, dataset_id, rev, kind, on_expiry, leaf)
        select lower, upper, dataset_id, %3$d, kind, 'DETACH', leaf from expired
        """
            .formatted(id, month(month), revision));
    return revision;
  }

  private int revision() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "insert into ref.revision (topic, by) values (?, 'test') returning rev")
                .bind(0, id)
                .mapTo(Integer.class)
                .one());
  }

  static Instant month(String text) {
    return Frequency.M.parse(text).orElseThrow();
  }

  /** A range of months, as of a revision. */
  static Range range(@Nullable String from, @Nullable String before, @Nullable Integer asOf) {
    return new Range(
        from == null ? null : month(from),
        before == null ? null : month(before),
        null,
        asOf,
        null,
        null,
        0);
  }

  /** The series of some regions; all of them if there are none. */
  static SeriesSelection of(String... regions) {
    List<Code> codes = Arrays.stream(regions).map(Code::new).toList();
    return new SeriesSelection(
        codes.isEmpty() ? List.of() : List.of(List.of(codes)), List.of(), null);
  }

  /** The results, each as a line; those that are not finite as NaN. */
  List<String> read(Derivation derivation, SeriesSelection selection, Range asked)
      throws IOException {
    References references = References.of(derivation, dataset, selection, asked, null);
    List<String> lines = new ArrayList<>();
    new Observations(jdbi, new SeriesCache(versions))
        .read(
            dataset,
            selection,
            asked,
            new Observations.Reader() {
              @Override
              public Range needed(Range range) {
                return derivation.needed(range);
              }

              @Override
              public Observations.@Nullable Preparation preparation() {
                return references;
              }

              @Override
              public void read(Map<Integer, Series> series, ObservationRows stored)
                  throws SQLException, IOException {
                ObservationRows rows =
                    derivation.results(series.values(), stored, asked, references);
                while (rows.next()) {
                  Instant start = Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS);
                  lines.add(
                      "%s %s %s %s"
                          .formatted(
                              rows.series().key(),
                              derivation.resultFrequency().format(start),
                              rows.value(),
                              rows.status()));
                }
              }
            });
    return lines;
  }
}
