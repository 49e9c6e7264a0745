package io.refdata.persistence.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests which partitions PostgreSQL reads, by EXPLAIN ANALYZE, and how many statements are sent.
 */
@SuppressWarnings("NullAway.Init")
class ObservationPlansIT {
  private static final String NAME = "ObservationPlansIT";
  private static final JsonMapper JSON = new JsonMapper();

  /** 20 daily series over 30 years, one partition a year; series 20 ended in 1999. */
  private static final String FILL =
      """
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
      overriding system value values (7, 'PLANS', 'Plans', 'D', '{a}', '{indicators}', 'YEAR');
      select curated.attach_dataset(7);
      select curated.attach_partition(7, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from generate_series(1990, 2019) y;
      insert into ref.revision (rev, topic, by) overriding system value values (1000001, 7, 'test');
      insert into curated.observation_7 (time, value, dataset_id, series_id, rev)
      select t at time zone 'UTC', 1, 7, s, 1000001
        from generate_series(1, 20) s,
             generate_series(timestamp '1990-01-01', case when s = 20 then timestamp '1999-12-31' else timestamp '2019-12-31' end, '1 day') t;
      insert into curated.series (id, dataset_id, rev, key, dimensions, first, last)
      overriding system value
      select s, 7, 1000001, 'S' || s, array['S' || s], '1990-01-01Z', case when s = 20 then timestamptz '1999-12-31Z' else '2019-12-31Z' end
        from generate_series(1, 20) s;
      analyze;
      """;

  private static final Dataset DATASET = dataset();

  private static MigratedDatabase database;

  @BeforeAll
  static void fill() throws Exception {
    database = MigratedDatabase.create();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(FILL);
    }
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void aRangeReadsOnlyItsPartitions() throws Exception {
    Range range = range("2000-07-01T00:00:00Z", "2002-03-01T00:00:00Z", null);
    assertThat(touched(range, series(3, "2019-12-31T00:00:00Z")))
        .containsExactly("20000101", "20010101", "20020101");
    assertThat(touched(range, series(3, "2019-12-31T00:00:00Z"), series(4, "2019-12-31T00:00:00Z")))
        .containsExactly("20000101", "20010101", "20020101");
  }

  @Test
  void anOpenRangeEndsAtTheEndOfTheSeries() throws Exception {
    Range range = range("1998-05-01T00:00:00Z", null, null);
    assertThat(touched(range, series(20, "1999-12-31T00:00:00Z")))
        .containsExactly("19980101", "19990101");
  }

  @Test
  void theLastObservationsReadOnlyTheLastPartition() throws Exception {
    Range last = range(null, null, new Ends(5, true));
    assertThat(touched(last, series(3, "2019-12-31T00:00:00Z"))).containsExactly("20190101");
    assertThat(touched(last, series(20, "1999-12-31T00:00:00Z"))).containsExactly("19990101");
    Range first = range(null, null, new Ends(5, false));
    assertThat(touched(first, series(3, "2019-12-31T00:00:00Z"))).containsExactly("19900101");
  }

  @Test
  void aFewSeriesAreCachedUntilAWriterTouchesThem() throws Exception {
    Versions versions = new Versions();
    Observations observations =
        new Observations(Database.of(database.dataSource()), new SeriesCache(versions));
    assertThat(statements(observations)).isEqualTo(2);
    assertThat(statements(observations)).isEqualTo(1);
    try (Change load = versions.begin()) {
      load.touch(DatasetDependencies.loaded(7));
      assertThat(statements(observations)).as("about to change").isEqualTo(2);
      assertThat(statements(observations)).as("still about to").isEqualTo(2);
      load.committed();
    }
    assertThat(statements(observations)).as("changed").isEqualTo(2);
    assertThat(statements(observations)).isEqualTo(1);
  }

  /**
   * Series and observations fit together only if no writer touched them until all rows were read.
   */
  @Test
  void seriesThatChangeDuringAReadAreReadAgain() throws Exception {
    Versions versions = new Versions();
    Change load = versions.begin();
    Jdbi touching =
        Jdbi.create(
            () -> {
              load.touch(DatasetDependencies.loaded(7));
              return database.dataSource().getConnection();
            });
    SeriesCache cache = new SeriesCache(versions);
    statements(new Observations(Database.of(database.dataSource()), cache));
    assertThat(statements(new Observations(touching, cache))).isEqualTo(3);
    load.close();
  }

  /** Simulates a session that has not heard yet of a partition in its snapshot. */
  @Test
  void aMissingTableIsReadAgainInANewSnapshot() throws Exception {
    Jdbi jdbi = Database.of(database.dataSource());
    int[] tries = new int[1];
    int rows =
        Snapshot.read(
            jdbi,
            connection -> {
              if (++tries[0] == 3) {
                jdbi.useHandle(handle -> handle.execute("create table curated.late (a integer)"));
              }
              try (ResultSet count =
                  Snapshot.query(
                      NAME,
                      Snapshot.first(connection, NAME, "select count(*) from curated.late"))) {
                count.next();
                return count.getInt(1);
              }
            });
    assertThat(rows).isZero();
    assertThat(tries[0]).isEqualTo(3);
  }

  @Test
  void aTableThatNeverAppearsIsAFailure() {
    assertThatThrownBy(
            () ->
                Snapshot.read(
                    Database.of(database.dataSource()),
                    connection ->
                        Snapshot.query(
                            NAME,
                            Snapshot.first(
                                connection, NAME, "select count(*) from curated.never"))))
        .rootCause()
        .hasMessageContaining("curated.never");
  }

  /** The number of statements to read a year of a series; checks that all its days are read. */
  private static int statements(Observations observations) throws Exception {
    Statements sent = Statements.begin();
    int[] days = new int[1];
    observations.read(
        DATASET,
        new SeriesSelection(List.of(List.of(List.of(new Code("S3")))), List.of(), null),
        range("2001-01-01T00:00:00Z", "2002-01-01T00:00:00Z", null),
        (series, rows) -> {
          while (rows.next()) {
            days[0]++;
          }
        });
    Statements.end();
    assertThat(days[0]).isEqualTo(365);
    return sent.count();
  }

  private static Dataset dataset() {
    Dataset dataset =
        new Dataset(
            new Code("PLANS"),
            "Plans",
            new Dataset.Details(
                null,
                null,
                Frequency.D,
                List.of(new Dimension(new Code("a"), "indicators")),
                new Partitioning(Interval.YEAR, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(7, 0);
    return dataset;
  }

  private static Range range(@Nullable String from, @Nullable String before, @Nullable Ends ends) {
    return new Range(
        from == null ? null : Instant.parse(from),
        before == null ? null : Instant.parse(before),
        ends,
        null,
        null,
        null,
        100_001);
  }

  private static Series series(int id, String last) {
    return new Series(
        id,
        "S" + id,
        List.of("S" + id),
        null,
        Instant.parse("1990-01-01T00:00:00Z"),
        Instant.parse(last));
  }

  /** The first days of the partitions that were read. */
  private static Set<String> touched(Range range, Series... series) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement explain =
            Observations.query(DATASET, List.of(series), partitions(connection), range)
                .prepare(connection, NAME, "explain (analyze, format json) ");
        ResultSet plan = explain.executeQuery()) {
      plan.next();
      Set<String> partitions = new TreeSet<>();
      collect(JSON.readTree(plan.getString(1)), partitions);
      return partitions;
    }
  }

  private static Partitions partitions(Connection connection) throws Exception {
    try (PreparedStatement statement = connection.prepareStatement(Partitions.QUERY)) {
      statement.setInt(1, 7);
      return Partitions.read(statement.executeQuery()).orElseThrow();
    }
  }

  private static void collect(JsonNode node, Set<String> partitions) {
    String relation = node.path("Relation Name").asText();
    if (relation.startsWith("observation_7_") && node.get("Actual Loops").intValue() > 0) {
      assertThat(node.get("Node Type").asText()).as(node.toString()).contains("Index");
      partitions.add(relation.substring("observation_7_".length(), relation.lastIndexOf('_')));
    }
    node.forEach(child -> collect(child, partitions));
  }
}
