package io.refdata.perf;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.revision.Revisions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * facilities got its current fuel, position, region and operator in the middle of its history. One
 * in 500 stands in a box of 10 degrees.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PastListBenchmark {
  private static final int REVISIONS_EACH = 50;
  private static final int PAGE = 50;

  @Param("20000")
  private int facilities;

  @Param private ListQuery query;

  private Platform platform;

  /** The keys that the last pages come after; the current one is that of null. */
  private final Map<@Nullable Past, List<@Nullable Object>> lastPages = new HashMap<>();

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
                insert into ref.facility
                       (code, version, name, kind, fuel, capacity_mw, latitude, longitude, region_id, organization_id)
                select 'F' || lpad(g::text, 7, '0'), %2$d - 1, 'Plant ' || g, 'POWER_PLANT',
                       (array['HYDRO', 'GAS', 'COAL', 'OIL', 'WIND'])[1 + g %% 5],
                       case when g %% 100 <> 3 then (g * 7) %% 1000 end,
                       case when g %% 500 = 1 then 40 + g / 500 * 7 %% 100 / 10.0 else g * 7919::bigint %% 3900 / 100.0 end,
                       case when g %% 500 = 1 then g / 500 * 3 %% 100 / 10.0 else g * 104729::bigint %% 18000 / 100.0 end,
                       c.ids[1 + g %% cardinality(c.ids)], o.first + g %% 2000
                  from generate_series(1, %1$d) g,
                       (select array_agg(id order by md5(code)) as ids from ref.region where kind = 'COUNTRY') c,
                       (select min(id) as first from ref.organization) o;
                -- A statement writes one state of each.
                for v in 0..%2$d - 1 loop
                  insert into ref.facility_aud
                         (id, rev, revtype, revend, version, code, name, kind, fuel, capacity_mw, latitude, longitude,
                          region_id, organization_id)
                  select f.id, revs[2 + v * parts + f.id %% parts], (v > 0)::int,
                         revs[2 + (v + 1) * parts + f.id %% parts], v, f.code, f.name || ' ' || v / 10, f.kind,
                         case when v < %2$d / 2 and f.id %% 10 = 0 then 'SOLAR' else f.fuel end,
                         (f.capacity_mw::int + v) %% 1000,
                         f.latitude + case when v < %2$d / 2 and f.id %% 10 = 0 then 0.1 else 0 end, f.longitude,
                         case when v < %2$d / 2 and f.id %% 10 = 0 then c.ids[1 + f.id / 10 %% cardinality(c.ids)]
                              else f.region_id end,
                         case when v < %2$d / 2 and f.id %% 10 = 0 then o.id else f.organization_id end
                    from ref.facility f,
                         (select array_agg(id order by code) as ids from ref.region where kind = 'COUNTRY') c,
                         (select min(id) as id from ref.organization) o
                   order by 2, 1;
                end loop;
              end
              $$
              """
                  .formatted(facilities, REVISIONS_EACH));
        });
    jdbi.useHandle(handle -> handle.execute("vacuum analyze"));
  }

  @Setup
  public void start() throws SQLException, IOException {
    platform = Platform.of(facilities);
    lastPages.clear();
    if (query.isLast()) {
      for (Instant asOf :
          Arrays.asList(
              null, platform.beginning(), platform.middle(), Instant.now().minusMillis(1))) {
        Past then = past(asOf);
        lastPages.put(then, lastKey(then));
      }
    }
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
    Past then = past(asOf);
    List<@Nullable Object> after = query.isLast() ? lastPages.get(then) : null;
    List<ItemView> page = new ItemRows(platform.jdbi()).page(query.list(after, PAGE, then)).items();
    if (page.isEmpty()) {
      throw new IllegalStateException("A page without items measures nothing");
    }
    return page.hashCode();
  }

  private @Nullable Past past(@Nullable Instant asOf) {
    return asOf == null
        ? null
        : new Past(platform.revisions().asOf(Revision.REFERENCE_DATA, asOf).orElseThrow());
  }

  /** The key that a last page comes after. */
  private List<@Nullable Object> lastKey(@Nullable Past past) throws IOException {
    Deque<ItemView> last = new ArrayDeque<>();
    new ItemRows(platform.jdbi())
        .stream(
            query.list(null, null, past),
            items ->
                items.forEachRemaining(
                    item -> {
                      last.add(item);
                      if (last.size() > PAGE) {
                        last.remove();
                      }
                    }));
    ItemView before = last.remove();
    List<@Nullable Object> key = new ArrayList<>();
    for (Order by : query.order()) {
      Object value = before.get(by.property().name());
      key.add(value instanceof ItemView.Reference reference ? reference.code() : value);
    }
    key.add(before.code());
    return key;
  }
}
