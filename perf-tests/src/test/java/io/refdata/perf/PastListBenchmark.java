package io.refdata.perf;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.revision.Revisions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reads a page of 50 facilities, of the current state and as of past instants: at the beginning, in
 * the middle, and a moment ago. Each facility has 50 revisions. All is read from the database (no
 * second-level cache), by the code that serves requests.
 *
 * <p>Each revision of a facility changes its capacity, every tenth revision its name. One in ten
 * facilities got its current fuel, region and operator in the middle of its history.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PastListBenchmark {
  private static final int REVISIONS_EACH = 50;

  /** The filter or order of the list. */
  public enum Query {
    ALL,
    FUEL,
    REGION,
    WITHIN,
    CAPACITY,
    NAME,
    BY_CAPACITY
  }

  @Param("20000")
  private int facilities;

  @Param private Query query;

  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  public PastListBenchmark() {}

  /**
   * The database that all measurements of a JVM share, because filling it takes longer than they.
   */
  private record Platform(
      int facilities,
      OneConnection connection,
      Jdbi jdbi,
      Revisions revisions,
      Instant beginning,
      Instant middle) {

    private static @Nullable Platform started;

    static synchronized Platform of(int facilities) throws SQLException {
      if (started == null || started.facilities != facilities) {
        started = start(facilities);
      }
      return started;
    }

    /** The database ends with the JVM. */
    private static Platform start(int facilities) throws SQLException {
      EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
      Migrations.migrate(database.dataSource());
      OneConnection connection = new OneConnection(database.dataSource());
      Jdbi jdbi = Database.of(connection);
      fill(jdbi, facilities);
      return new Platform(
          facilities,
          connection,
          jdbi,
          new Revisions(jdbi),
          instant(jdbi, 0.01),
          instant(jdbi, 0.5));
    }

    /** The instant at which a part of all revisions had been made. */
    private static Instant instant(Jdbi jdbi, double part) {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery(
                      "select percentile_disc(:part) within group (order by at) from ref.revision")
                  .bind("part", part)
                  .mapTo(Instant.class)
                  .one());
    }
  }

  /** Fills the tables with a history: each revision changes a part of the facilities. */
  private static void fill(Jdbi jdbi, int facilities) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              """
              do $$
              declare
                parts constant integer := 20;
                revs integer[];
              begin
                revs := array(select ref.open_revision(0, 'perf', null) from generate_series(0, %2$d * parts));
                insert into ref.organization (code, name)
                select 'O' || g, 'Operator ' || g from generate_series(1, 2000) g;
                insert into ref.organization_aud (id, rev, revtype, version, code, name)
                select id, revs[1], 0, version, code, name from ref.organization;
                insert into ref.facility (code, version, name, kind, fuel, capacity_mw, region_id, organization_id)
                select 'F' || lpad(g::text, 7, '0'), %2$d - 1, 'Plant ' || g, 'POWER_PLANT',
                       (array['HYDRO', 'GAS', 'COAL', 'OIL', 'WIND'])[1 + g %% 5], (g * 7) %% 1000,
                       c.ids[1 + g %% cardinality(c.ids)], o.first + g %% 2000
                  from generate_series(1, %1$d) g,
                       (select array_agg(id order by md5(code)) as ids from ref.region where kind = 'COUNTRY') c,
                       (select min(id) as first from ref.organization) o;
                insert into ref.facility_aud
                       (id, rev, revtype, revend, version, code, name, kind, fuel, capacity_mw, region_id, organization_id)
                select f.id, revs[2 + v * parts + f.id %% parts], (v > 0)::int,
                       revs[2 + (v + 1) * parts + f.id %% parts], v, f.code, f.name || ' ' || v / 10, f.kind,
                       case when v < %2$d / 2 and f.id %% 10 = 0 then 'SOLAR' else f.fuel end,
                       (f.capacity_mw::int + v) %% 1000,
                       case when v < %2$d / 2 and f.id %% 10 = 0 then c.ids[1 + f.id / 10 %% cardinality(c.ids)]
                            else f.region_id end,
                       case when v < %2$d / 2 and f.id %% 10 = 0 then o.id else f.organization_id end
                  from generate_series(0, %2$d - 1) v, ref.facility f,
                       (select array_agg(id order by code) as ids from ref.region where kind = 'COUNTRY') c,
                       (select min(id) as id from ref.organization) o
                 order by 2, 1;
              end
              $$
              """
                  .formatted(facilities, REVISIONS_EACH));
        });
    jdbi.useHandle(handle -> handle.execute("vacuum analyze"));
  }

  @Setup
  public void start() throws SQLException {
    platform = Platform.of(facilities);
  }

  @Benchmark
  public int current() {
    return page(null);
  }

  @Benchmark
  public int asOfTheBeginning() {
    return page(platform.beginning());
  }

  @Benchmark
  public int asOfTheMiddle() {
    return page(platform.middle());
  }

  /** Another instant each time, so that its revision is not cached yet. */
  @Benchmark
  public int asOfAMomentAgo() {
    return page(Instant.now().minusMillis(1));
  }

  private int page(@Nullable Instant asOf) {
    Past then =
        asOf == null
            ? null
            : new Past(platform.revisions().asOf(Revision.REFERENCE_DATA, asOf).orElseThrow());
    List<ItemView> page = new ItemRows(platform.jdbi()).page(list(then)).items();
    if (page.isEmpty()) {
      throw new IllegalStateException("A page without items measures nothing");
    }
    return page.hashCode();
  }

  private ItemList list(@Nullable Past past) {
    List<Condition> conditions =
        switch (query) {
          case ALL, BY_CAPACITY -> List.of();
          case FUEL -> List.of(new Condition.AnyOf(property("fuel"), List.of(new Code("HYDRO"))));
          case REGION -> List.of(new Condition.AnyOf(property("region"), List.of(new Code("FRA"))));
          case WITHIN -> List.of(new Condition.Within(property("region"), new Code("M49-150")));
          case CAPACITY ->
              List.of(new Condition.Compares(property("capacityMw"), Condition.Operator.GE, 500.0));
          case NAME -> List.of(new Condition.NameContains("ant 12"));
        };
    List<Order> order =
        query == Query.BY_CAPACITY ? List.of(new Order(property("capacityMw"), true)) : List.of();
    return new ItemList(Catalogue.FACILITIES, null, conditions, order, null, 50, Set.of(), past);
  }

  private static Property property(String name) {
    return Catalogue.FACILITIES.property(name).orElseThrow();
  }
}
