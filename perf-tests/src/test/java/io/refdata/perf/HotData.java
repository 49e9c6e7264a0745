package io.refdata.perf;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.observation.SeriesCache;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data for {@link HotReadBenchmark}. Facilities {@code F0000001}, {@code F0000002}, … each have
 * a region, an operator that belongs to another organization, and two or three emission sources.
 * Series {@code S1}, {@code S2}, … have daily values from 2010 to 2019, series after series in
 * partitions by year. All measurements of a JVM share the data, because filling the database takes
 * longer than the measurements.
 *
 * @param facilities the number of facilities
 * @param series the number of series
 * @param connection to a database that ends with the JVM
 * @param cache the platform's cache of series
 */
record HotData(int facilities, int series, OneConnection connection, SeriesCache cache) {
  static final int DATASET = 7;

  private static final int FIRST_YEAR = 2010;
  private static final int YEARS = 10;
  private static final int DAYS =
      (int)
          (LocalDate.of(FIRST_YEAR + YEARS, 1, 1).toEpochDay()
              - LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay());

  private static final String FACILITIES =
      """
      insert into ref.organization (code, name, kind, status)
      select 'G' || g, 'Group ' || g, 'COMPANY', 'ACTIVE' from generate_series(0, 49) g;
      insert into ref.organization (code, name, kind, status, parent_id, region_id)
      select 'O' || g, 'Operator ' || g, 'COMPANY', 'ACTIVE', p.id, c.ids[1 + g %% cardinality(c.ids)]
        from generate_series(0, 999) g
        join ref.organization p on p.code = 'G' || g %% 50
       cross join (select array_agg(id order by code) as ids from ref.region where kind = 'COUNTRY') c;
      insert into ref.facility (code, name, kind, fuel, capacity_mw, latitude, longitude, commissioned, region_id, organization_id)
      select 'F' || lpad(g::text, 7, '0'), 'Plant ' || g, 'POWER_PLANT',
             (array['HYDRO', 'GAS', 'COAL', 'OIL', 'WIND'])[1 + g %% 5], (g * 7) %% 1000,
             g %% 180 - 89.75, g %% 360 - 179.25, (1950 + g %% 70)::text, c.ids[1 + g %% cardinality(c.ids)], o.id
        from generate_series(1, %d) g
        join ref.organization o on o.code = 'O' || g %% 1000
       cross join (select array_agg(id order by md5(code)) as ids from ref.region where kind = 'COUNTRY') c
       order by g;
      insert into ref.emission_source (code, name, facility_id, scope, gas, method)
      select f.code || '-' || n, f.name || ', stack ' || n, f.id, n, 'CO2', 'MEASURED'
        from ref.facility f, generate_series(1, 2 + f.id %% 2) n
       order by f.id, n;
      """;

  private static final String OBSERVATIONS =
      """
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
      overriding system value values (%1$d, 'HOT', 'Read often', 'D', '{a}', '{indicators}', 'YEAR');
      select curated.attach_dataset(%1$d);
      select curated.attach_partition(%1$d, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from generate_series(%3$d, %4$d) y;
      insert into ref.revision (rev, topic, by) overriding system value values (1000001, %1$d, 'perf');
      insert into curated.observation_%1$d (time, value, dataset_id, series_id, rev)
      select t at time zone 'UTC', s + extract(doy from t) / 8, %1$d, s, 1000001
        from generate_series(1, %2$d) s,
             generate_series(make_timestamp(%3$d, 1, 1, 0, 0, 0), make_timestamp(%4$d, 12, 31, 0, 0, 0), '1 day') t;
      insert into curated.series (id, dataset_id, rev, key, dimensions, first, last)
      overriding system value
      select s, %1$d, 1000001, 'S' || s, array['S' || s],
             make_timestamptz(%3$d, 1, 1, 0, 0, 0, 'UTC'), make_timestamptz(%4$d, 12, 31, 0, 0, 0, 'UTC')
        from generate_series(1, %2$d) s;
      select curated.count_observations(%1$d);
      """;

  private static @Nullable HotData filled;

  /**
   * The data of a given size.
   *
   * @param facilities the number of facilities
   * @param observations about how many observations there are in all
   */
  static synchronized HotData of(int facilities, int observations) throws SQLException {
    int series = Math.max(1, observations / DAYS);
    if (filled == null || filled.facilities != facilities || filled.series != series) {
      filled = fill(facilities, series);
    }
    return filled;
  }

  private static HotData fill(int facilities, int series) throws SQLException {
    EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
    Migrations.migrate(database.dataSource());
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(FACILITIES.formatted(facilities));
      statement.execute(
          OBSERVATIONS.formatted(DATASET, series, FIRST_YEAR, FIRST_YEAR + YEARS - 1));
      statement.execute("vacuum analyze");
    }
    return new HotData(
        facilities,
        series,
        new OneConnection(database.dataSource()),
        new SeriesCache(new Versions()));
  }

  /** The dataset of the series. */
  static Dataset dataset() {
    Dataset dataset =
        new Dataset(
            new Code("HOT"),
            "Read often",
            new Dataset.Details(
                null,
                null,
                Frequency.D,
                List.of(new Dimension(new Code("a"), "indicators")),
                new Partitioning(Interval.YEAR, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(DATASET, 0);
    return dataset;
  }
}
