package io.refdata.db;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionsIT {

  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "DAY,     2020-02-29T23:59:59.999999Z, 2020-02-29, 2020-03-01",
    "DAY,     1969-12-31T23:59:59.999999Z, 1969-12-31, 1970-01-01",
    "DAY,     1970-01-01T00:00:00Z,        1970-01-01, 1970-01-02",
    "WEEK,    2021-01-03T23:00:00Z,        2020-12-28, 2021-01-04",
    "WEEK,    2021-01-04T00:00:00Z,        2021-01-04, 2021-01-11",
    "MONTH,   2019-12-31T23:59:59Z,        2019-12-01, 2020-01-01",
    "MONTH,   1969-12-31T12:00:00Z,        1969-12-01, 1970-01-01",
    "QUARTER, 2019-12-31T23:59:59Z,        2019-10-01, 2020-01-01",
    "QUARTER, 2020-01-01T00:00:00Z,        2020-01-01, 2020-04-01",
    "YEAR,    2020-12-31T23:59:59.999999Z, 2020-01-01, 2021-01-01",
    "YEAR,    2021-01-01T00:00:00Z,        2021-01-01, 2022-01-01",
    "YEAR,    1969-07-20T20:17:40Z,        1969-01-01, 1970-01-01",
    "DECADE,  1969-12-31T23:59:59Z,        1960-01-01, 1970-01-01",
    "DECADE,  2020-01-01T00:00:00Z,        2020-01-01, 2030-01-01",
    "CENTURY, 2000-12-31T23:59:59Z,        1901-01-01, 2001-01-01",
    "CENTURY, 2001-01-01T00:00:00Z,        2001-01-01, 2101-01-01",
    "CENTURY, 1750-01-01T00:00:00Z,        1701-01-01, 1801-01-01"
  })
  void aPartitionHoldsItsIntervalInUtc(
      String interval, OffsetDateTime at, LocalDate from, LocalDate until) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // An operator's session may have any time zone.
      statement.execute("set timezone = 'America/New_York'");
      int dataset = dataset(connection, interval);
      assertThat(attach(connection, dataset, at)).isTrue();
      assertThat(attach(connection, dataset, at)).isFalse();

      OffsetDateTime first = from.atStartOfDay().atOffset(UTC);
      OffsetDateTime next = until.atStartOfDay().atOffset(UTC);
      OffsetDateTime last = next.minus(1, ChronoUnit.MICROS);
      assertThat(attach(connection, dataset, first)).isFalse();
      assertThat(attach(connection, dataset, last)).isFalse();
      assertThat(leaf(connection, dataset, first))
          .startsWith(
              "curated.observation_%d_%s_".formatted(dataset, from.toString().replace("-", "")))
          .isEqualTo(recorded(connection, dataset, first))
          .isEqualTo(leaf(connection, dataset, at))
          .isEqualTo(leaf(connection, dataset, last));

      // The partitions before and after it leave no gap and do not overlap.
      assertThat(attach(connection, dataset, next)).isTrue();
      assertThat(attach(connection, dataset, first.minus(1, ChronoUnit.MICROS))).isTrue();
      assertThat(leaf(connection, dataset, next)).isNotEqualTo(leaf(connection, dataset, last));
      assertThat(
              answer(
                  connection,
                  "select count(*) from pg_inherits where inhparent in ('curated.observation_%1$d'::regclass, 'curated.observation_vintage_%1$d'::regclass)"
                      .formatted(dataset)))
          .isEqualTo("6");
    }
  }

  @Test
  void aDatasetIsAttachedOnce() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      int dataset = dataset(connection, "YEAR");
      answer(connection, "select curated.attach_dataset(%d)".formatted(dataset));
      assertThat(
              answer(
                  connection,
                  "select count(*) from pg_class where relname in ('observation_%1$d', 'observation_vintage_%1$d')"
                      .formatted(dataset)))
          .isEqualTo("2");
    }
  }

  @Test
  void attachingWaitsForNeitherReadersNorWriters() throws SQLException {
    try (Connection maker = database.dataSource().getConnection();
        Connection reader = database.dataSource().getConnection();
        Connection writer = database.dataSource().getConnection()) {
      int dataset = dataset(maker, "YEAR");
      attach(maker, dataset, OffsetDateTime.parse("2020-01-01T00:00:00Z"));
      reader.setAutoCommit(false);
      writer.setAutoCommit(false);
      answer(reader, "select count(*) from curated.observation_" + dataset);
      answer(reader, "select count(*) from curated.observation_vintage_" + dataset);
      insert(writer, dataset, "2020-06-01T00:00:00Z");

      execute(maker, "set lock_timeout = '1s'");
      assertThat(attach(maker, dataset, OffsetDateTime.parse("2021-01-01T00:00:00Z"))).isTrue();
      dataset(maker, "MONTH");

      // Both continue, and see the new partition.
      insert(writer, dataset, "2021-06-01T00:00:00Z");
      writer.commit();
      assertThat(answer(reader, "select count(*) from curated.observation_" + dataset))
          .isEqualTo("2");
      reader.commit();
    }
  }

  @Test
  void readersAndWritersDoNotWaitForAnOpenAttachment() throws SQLException {
    try (Connection maker = database.dataSource().getConnection();
        Connection user = database.dataSource().getConnection()) {
      int dataset = dataset(maker, "YEAR");
      attach(maker, dataset, OffsetDateTime.parse("2020-01-01T00:00:00Z"));
      maker.setAutoCommit(false);
      attach(maker, dataset, OffsetDateTime.parse("2021-01-01T00:00:00Z"));
      dataset(maker, "MONTH");

      execute(user, "set lock_timeout = '1s'");
      insert(user, dataset, "2020-06-01T00:00:00Z");
      assertThat(answer(user, "select count(*) from curated.observation_" + dataset))
          .isEqualTo("1");
      maker.commit();
    }
  }

  private static int dataset(Connection connection, String interval) throws SQLException {
    int id =
        Integer.parseInt(
            answer(
                connection,
                """
                insert into curated.dataset (code, name, frequency, dimension_codes, dimension_values, interval)
                select 'D' || count(*), 'A dataset', 'D', '{}', '{}', '%s' from curated.dataset
                returning id
                """
                    .formatted(interval)));
    answer(connection, "select curated.attach_dataset(%d)".formatted(id));
    return id;
  }

  private static boolean attach(Connection connection, int dataset, OffsetDateTime at)
      throws SQLException {
    return "t"
        .equals(
            answer(connection, "select curated.attach_partition(%d, '%s')".formatted(dataset, at)));
  }

  private static void insert(Connection connection, int dataset, String time) throws SQLException {
    execute(
        connection,
        "insert into curated.observation_%2$d (time, value, dataset_id, series_id, rev) values ('%1$s', 1, %2$d, 1, 1)"
            .formatted(time, dataset));
  }

  /** The partition that holds an instant, found by inserting a row. */
  private static String leaf(Connection connection, int dataset, OffsetDateTime at)
      throws SQLException {
    return answer(
        connection,
        """
        insert into curated.observation_%2$d (time, value, dataset_id, series_id, rev)
        values ('%1$s', 1, %2$d, 1, 1)
        on conflict (dataset_id, series_id, time) do update set value = excluded.value
        returning tableoid::regclass::text
        """
            .formatted(at, dataset));
  }

  /** The recorded table of the partition that begins at an instant. */
  private static String recorded(Connection connection, int dataset, OffsetDateTime lower)
      throws SQLException {
    return answer(
        connection,
        "select 'curated.' || leaf from curated.partition where dataset_id = %d and kind = 'VALUE' and lower = '%s'"
            .formatted(dataset, lower));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
