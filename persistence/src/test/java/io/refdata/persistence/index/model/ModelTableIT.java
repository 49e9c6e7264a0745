package io.refdata.persistence.index.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.index.model.RealTable.Column;
import io.refdata.persistence.index.model.RealTable.RealIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the costs of the model with those of the same index on the table itself. */
@SuppressWarnings("NullAway.Init")
class ModelTableIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double TOLERANCE = 0.02;
  private static final long NO_LIMIT = 1_000_000;
  private static final String FACILITY = "ref.facility";
  private static final String SERIES = "curated.series";

  private static final String FILL =
      """
      insert into ref.facility (code, name, kind, region_id, fuel, capacity_mw, latitude, longitude)
      select 'MT' || i, 'Plant ' || i, 'POWER_PLANT', (select min(id) from ref.region) + (random() * random() * 200)::int,
             (array['GAS', 'COAL', 'HYDRO', 'WIND', 'SOLAR'])[1 + (random() * random() * 3.99)::int],
             random() * 1000, random() * 90, random() * 180
        from generate_series(1, 30000) i;
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
      overriding system value values (70, 'MODEL', 'Model', 'H', '{a}', '{indicators}', 'DECADE');
      select curated.attach_dataset(70);
      select curated.attach_partition(70, '2000-01-01Z');
      insert into curated.observation_70 (time, value, dataset_id, series_id, rev)
      select timestamptz '2000-01-01Z' + t * interval '1 hour', random() * 1000, 70, s, (s * 17 + t) % 500
        from generate_series(1, 20) s, generate_series(0, 9999) t;
      insert into curated.series (dataset_id, rev, key, dimensions, first, last)
      select 70, i % 300, 'MT' || i, array['MT' || i], timestamptz '1990-01-01Z' + i % 1000 * interval '1 day', '2020-01-01Z'
        from generate_series(1, 30000) i;
      """;

  /** A statement with the columns of an index that may serve it. */
  private record Question(String table, String sql, List<String> keys) {}

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static String leaf;

  @BeforeAll
  static void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.createScript(FILL).execute();
          leaf =
              handle
                  .createQuery(
                      "select 'curated.' || leaf from curated.partition"
                          + " where dataset_id = 70 and kind = 'VALUE'")
                  .mapTo(String.class)
                  .one();
          for (String table : List.of(FACILITY, SERIES, leaf)) {
            handle.execute("vacuum analyze " + table);
          }
        });
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Question facilities(String what, String where, String... keys) {
    return new Question(
        FACILITY, "select " + what + " from ref.facility where " + where, List.of(keys));
  }

  private static Question series(String what, String where, String... keys) {
    return new Question(
        SERIES, "select " + what + " from curated.series where " + where, List.of(keys));
  }

  private static Question observations(String what, String where, String... keys) {
    return new Question(
        leaf, "select " + what + " from " + leaf + " where " + where, List.of(keys));
  }

  private static List<Question> questions() {
    return List.of(
        facilities("*", "latitude = $1", "latitude"),
        facilities("*", "latitude < 10", "latitude"),
        facilities("*", "latitude < 45", "latitude"),
        facilities("*", "capacity_mw > 990", "capacity_mw"),
        facilities("count(*)", "latitude < 20", "latitude"),
        facilities("*", "fuel = 'WIND' and capacity_mw > 900", "fuel", "capacity_mw"),
        facilities("*", "region_id = $1 and fuel = $2", "region_id", "fuel"),
        facilities("code", "latitude > 80 order by latitude limit 50", "latitude"),
        facilities("*", "longitude between 10 and 11", "longitude"),
        facilities("name", "longitude < 1 and latitude < 1", "longitude", "latitude"),
        series("key", "rev = $1", "rev"),
        series("key", "rev < 30", "rev"),
        series("count(*)", "rev > 150", "rev"),
        series("key", "first < '1990-03-01Z'", "first"),
        series("key", "rev = $1 and first > '1992-01-01Z'", "rev", "first"),
        observations("*", "rev = $1", "rev"),
        observations("value", "rev < 50", "rev"),
        observations("*", "time < '2000-01-20Z'", "\"time\""),
        observations("count(*)", "rev = $1 and value > 500", "rev", "value"),
        observations("max(value)", "value < 10", "value"));
  }

  @Test
  void theCostOfTwentyStatementsIsWithinTwoPercentOfTheRealIndex() {
    List<String> off = new ArrayList<>();
    for (Question question : questions()) {
      double model = modelCost(question);
      double real = realCost(question);
      if (Math.abs(model / real - 1) > TOLERANCE) {
        off.add("%s: model %.2f, real %.2f".formatted(question.sql(), model, real));
      }
    }
    assertThat(off).isEmpty();
    assertThat(questions()).hasSize(20);
  }

  private static RealTable real(Handle handle, String table) {
    long id =
        handle
            .createQuery("select to_regclass(:table)::oid::bigint")
            .bind("table", table)
            .mapTo(Long.class)
            .one();
    return RealTable.read(handle, id, NO_LIMIT).orElseThrow();
  }

  private static double modelCost(Question question) {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      RealTable real = real(handle, question.table());
      List<Column> columns =
          question.keys().stream()
              .flatMap(key -> real.columns().stream().filter(one -> one.name().equals(key)))
              .toList();
      try (ModelTable model = ModelTable.create(handle, real)) {
        model.add(
            "tried",
            new IndexForm("btree", String.join(", ", question.keys()), "", ""),
            IndexSize.pages(columns, real.rows()));
        return model.cost(question.sql());
      } finally {
        handle.commit();
      }
    }
  }

  private static double realCost(Question question) {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      handle.execute(
          "create index on " + question.table() + " (" + String.join(", ", question.keys()) + ")");
      double cost = cost(handle, question.sql());
      handle.rollback();
      return cost;
    }
  }

  private static double cost(Handle handle, String sql) {
    try {
      return JSON.readTree(
              handle
                  .createQuery("select performance_monitoring.generic_plan(:sql)::text")
                  .bind("sql", sql)
                  .mapTo(String.class)
                  .one())
          .at("/0/Plan/Total Cost")
          .doubleValue();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theModelCostsWhatTheTableDoesAndDoesNotLockIt() {
    String sql = "select * from ref.facility where longitude < 90 and fuel = 'GAS'";
    try (Handle handle = jdbi.open()) {
      handle.begin();
      double modelCost;
      try (ModelTable model = ModelTable.create(handle, real(handle, FACILITY))) {
        modelCost = model.cost(sql);
        assertThat(
                count(
                    handle,
                    "select count(*) from pg_locks where pid = pg_backend_pid()"
                        + " and relation = to_regclass('ref.facility')"))
            .isZero();
      }
      handle.commit();
      assertThat(modelCost).isCloseTo(cost(handle, sql), Percentage.withPercentage(2));
      assertThat(count(handle, "select count(*) from pg_namespace where nspname = 'index_model'"))
          .isZero();
    }
  }

  private static int count(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Integer.class).one();
  }

  @Test
  void theModelIsAsLongAsTheTable() {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      RealTable real = real(handle, leaf);
      try (ModelTable model = ModelTable.create(handle, real)) {
        assertThat(model.pages(real.name())).isEqualTo(real.pages());
        for (RealIndex index : real.indexes()) {
          assertThat((double) model.pages(index.name()) / index.pages())
              .as(index.name())
              .isCloseTo(1, within(0.08));
        }
      }
      handle.commit();
    }
  }

  @Test
  void onlyTheNamesOfTheTableAreReplaced() {
    assertThat(
            TableNames.replace(
                "select 'ref.facility', ref.facility.name, \"ref\".\"facility\".code\n"
                    + "-- ref.facility\n"
                    + "from ref.facility f join ref.facility_aud a on a.ref = f.id",
                Set.of(FACILITY),
                "m.t"))
        .isEqualTo(
            "select 'ref.facility', m.t.name, m.t.code\n"
                + "-- ref.facility\nfrom m.t f join ref.facility_aud a on a.ref = f.id");
  }
}
