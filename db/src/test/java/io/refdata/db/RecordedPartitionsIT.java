package io.refdata.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.basics.V202611201540__seed_basics;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the migration of a database of the earlier version, with observations, to recorded
 * partitions.
 */
class RecordedPartitionsIT {
  private static final String MIGRATION = "V202611260900__record_partitions.sql";

  /** Two datasets of two partitions, and the remaining tables of a third that was deleted. */
  private static final String FILL =
      """
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
      overriding system value
      select id, 'D' || id, 'D', 'D', '{a}', '{indicators}', case id when 5 then 'DECADE' else 'DAY' end
        from generate_series(5, 7) id;
      select curated.attach_dataset(id) from generate_series(5, 7) id;
      select curated.attach_partition(id, at)
        from generate_series(5, 7) id, unnest(array['1969-07-20Z', '2020-02-29Z']::timestamptz[]) at;
      insert into curated.observation (time, value, dataset_id, series_id, rev)
      select at, series, id, series, 1
        from generate_series(5, 7) id, generate_series(1, 100) series,
             unnest(array['1969-07-20Z', '2020-02-29Z']::timestamptz[]) at;
      insert into curated.observation_vintage (time, value, dataset_id, series_id, rev, superseded_by, status)
      select '2020-02-29Z', 0, id, 3, 0, 1, 'A' from generate_series(5, 7) id;
      delete from curated.dataset where id = 7;
      """;

  private EmbeddedDatabase database;

  @BeforeEach
  void start() throws SQLException {
    database = EmbeddedDatabase.startTemporary();
    List<String> before =
        Migrations.SCRIPTS.subList(0, Migrations.SCRIPTS.indexOf(MIGRATION)).stream().toList();
    Migrations.migrate(database.dataSource(), before, new V202611201540__seed_basics());
    texts("set timezone = 'America/New_York'; " + FILL);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void partitionsAreRecordedAndTheirRowsAreNotMoved() throws SQLException {
    List<String> files = files();
    assertThat(files).hasSize(8);

    Migrations.migrate(database.dataSource());

    assertThat(files()).isEqualTo(files);
    assertThat(
            texts(
                """
                select concat_ws(' ', dataset_id, kind, lower at time zone 'UTC', upper at time zone 'UTC', leaf)
                  from curated.partition order by dataset_id, kind, lower
                """))
        .containsExactly(
            "5 VALUE 1960-01-01 00:00:00 1970-01-01 00:00:00 observation_5_19600101",
            "5 VALUE 2020-01-01 00:00:00 2030-01-01 00:00:00 observation_5_20200101",
            "5 VINTAGE 1960-01-01 00:00:00 1970-01-01 00:00:00" + " observation_vintage_5_19600101",
            "5 VINTAGE 2020-01-01 00:00:00 2030-01-01 00:00:00" + " observation_vintage_5_20200101",
            "6 VALUE 1969-07-20 00:00:00 1969-07-21 00:00:00 observation_6_19690720",
            "6 VALUE 2020-02-29 00:00:00 2020-03-01 00:00:00 observation_6_20200229",
            "6 VINTAGE 1969-07-20 00:00:00 1969-07-21 00:00:00" + " observation_vintage_6_19690720",
            "6 VINTAGE 2020-02-29 00:00:00 2020-03-01 00:00:00"
                + " observation_vintage_6_20200229");
    assertThat(texts("select count(*) from curated.observation_6")).containsExactly("200");
    assertThat(texts("select series_id from curated.observation_vintage_5")).containsExactly("3");
  }

  @Test
  void tablesLeftOfADeletedDatasetAreDropped() throws SQLException {
    Migrations.migrate(database.dataSource());
    assertThat(texts("select relname from pg_class where relname ~ '^observation.*_7'")).isEmpty();
  }

  @Test
  void theirLastWritesAreFound() throws SQLException {
    Migrations.migrate(database.dataSource());
    assertThat(
            texts(
                "select leaf || ' ' || rev from curated.partition where dataset_id = 5 order by"
                    + " kind, lower"))
        .containsExactly(
            "observation_5_19600101 1",
            "observation_5_20200101 1",
            "observation_vintage_5_19600101 0",
            "observation_vintage_5_20200101 1");
  }

  @Test
  void newPartitionsAreCreatedBesideTheOldOnes() throws SQLException {
    Migrations.migrate(database.dataSource());
    assertThat(texts("select curated.attach_partition(5, '1969-12-31Z')")).containsExactly("f");
    assertThat(texts("select curated.attach_partition(5, '1970-01-01Z')")).containsExactly("t");
    assertThat(
            texts(
                "insert into curated.observation_5 (time, dataset_id, series_id, rev) values"
                    + " ('1975-01-01Z', 5, 1, 2) returning tableoid::regclass::text"))
        .containsExactly("curated.observation_5_19700101_1");
  }

  /** The files of the partitions of datasets 5 and 6. */
  private List<String> files() throws SQLException {
    return texts(
        """
        select c.relname || ' ' || pg_relation_filepath(c.oid)
          from pg_class c
         where c.relkind = 'r' and c.relname ~ '^observation(_vintage)?_[56]_'
         order by c.relname
        """);
  }

  /** The first column of all rows of the last statement. */
  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          texts.clear();
          try (ResultSet answer = statement.getResultSet()) {
            while (answer.next()) {
              texts.add(answer.getString(1));
            }
          }
        }
        rows = statement.getMoreResults();
      }
    }
    return texts;
  }
}
