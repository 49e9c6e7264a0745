package io.refdata.persistence.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.persistence.dataset.Observations.Ends;
import io.refdata.persistence.dataset.Observations.Range;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL looks into for the statements that are sent to it, as EXPLAIN ANALYZE says. */
@SuppressWarnings("NullAway.Init")
class ObservationPlansIT {
  private static final JsonMapper JSON = new JsonMapper();

  /** 20 daily series over 30 years, one partition a year; series 20 ended in 1999. */
  private static final String FILL =
      """
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
      overriding system value values (7, 'PLANS', 'Plans', 'D', '{a}', '{indicators}', 'YEAR');
      select curated.attach_dataset(7);
      select curated.attach_partition(7, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from generate_series(1990, 2019) y;
      insert into ref.revision (rev, topic, by) overriding system value values (1000001, 7, 'test');
      insert into curated.observation (time, value, dataset_id, series_id, rev)
      select t at time zone 'UTC', 1, 7, s, 1000001
        from generate_series(1, 20) s,
             generate_series(timestamp '1990-01-01', case when s = 20 then timestamp '1999-12-31' else timestamp '2019-12-31' end, '1 day') t;
      analyze;
      """;

  private static EmbeddedDatabase database;

  @BeforeAll
  static void fill() throws Exception {
    database = EmbeddedDatabase.startTemporary();
    Migrations.migrate(database.dataSource());
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
  void aRangeTouchesItsPartitionsAlone() throws Exception {
    Range range = range("2000-07-01T00:00:00Z", "2002-03-01T00:00:00Z", null);
    assertThat(touched(range, series(3, "2019-12-31T00:00:00Z")))
        .containsExactly("20000101", "20010101", "20020101");
    assertThat(touched(range, series(3, "2019-12-31T00:00:00Z"), series(4, "2019-12-31T00:00:00Z")))
        .containsExactly("20000101", "20010101", "20020101");
  }

  @Test
  void anOpenRangeEndsWhereTheSeriesDoes() throws Exception {
    Range range = range("1998-05-01T00:00:00Z", null, null);
    assertThat(touched(range, series(20, "1999-12-31T00:00:00Z")))
        .containsExactly("19980101", "19990101");
  }

  @Test
  void theLastOnesTouchTheLastPartitionAlone() throws Exception {
    Range last = range(null, null, new Ends(5, true));
    assertThat(touched(last, series(3, "2019-12-31T00:00:00Z"))).containsExactly("20190101");
    assertThat(touched(last, series(20, "1999-12-31T00:00:00Z"))).containsExactly("19990101");
    Range first = range(null, null, new Ends(5, false));
    assertThat(touched(first, series(3, "2019-12-31T00:00:00Z"))).containsExactly("19900101");
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

  /** The years of the partitions that were looked into. */
  private static Set<String> touched(Range range, Series... series) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement explain =
            Observations.query(7, List.of(series), range)
                .prepare(connection, "explain (analyze, format json) ");
        ResultSet plan = explain.executeQuery()) {
      plan.next();
      Set<String> partitions = new TreeSet<>();
      collect(JSON.readTree(plan.getString(1)), partitions);
      return partitions;
    }
  }

  private static void collect(JsonNode node, Set<String> partitions) {
    String relation = node.path("Relation Name").asText();
    if (relation.startsWith("observation_7_") && node.get("Actual Loops").intValue() > 0) {
      assertThat(node.get("Node Type").asText()).as(node.toString()).contains("Index");
      partitions.add(relation.substring("observation_7_".length()));
    }
    node.forEach(child -> collect(child, partitions));
  }
}
