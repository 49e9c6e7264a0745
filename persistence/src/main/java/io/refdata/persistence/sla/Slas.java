package io.refdata.persistence.sla;

import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.sla.SlaState.Stored;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The SLAs on record, and how far each is kept. */
@Dependent
public class Slas {
  /** The bounds that a latency can have, in milliseconds: of those that requests are counted by. */
  public static final List<Double> LATENCIES_MS =
      List.of(
          0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0,
          5_000.0, 10_000.0);

  /**
   * A load counts when it has completed, and while it is late; a sample of a dataset is a minute.
   */
  private static final String EVENTS =
      """
      select s.code, s.window_seconds, extract(epoch from now() - l.finished_at) as age, 1 as n,
             case when l.finished_at - l.received_at > make_interval(secs => s.bound_ms / 1000) then 1 else 0 end as bad
        from performance_monitoring.sla s
        join raw.load l
          on (l.layout = s.layout or l.target = 'datasets/' || s.dataset)
             and l.finished_at > now() - make_interval(secs => s.window_seconds) and l.state = 'COMPLETED' and not l.dry_run
       where s.kind = 'LOAD_DURATION' and s.code = any (:slas)
      union all
      select s.code, s.window_seconds, 0, 1, 1
        from performance_monitoring.sla s
        join raw.load l
          on (l.layout = s.layout or l.target = 'datasets/' || s.dataset)
             and l.state in ('RECEIVED', 'STAGING', 'MERGING') and not l.dry_run
             and now() - l.received_at > make_interval(secs => s.bound_ms / 1000)
       where s.kind = 'LOAD_DURATION' and s.code = any (:slas)
      union all
      select s.code, s.window_seconds, extract(epoch from now() - m.at), 1, case d.state when 'STALE' then 1 else 0 end
        from performance_monitoring.sla s
        join curated.dataset c on c.code = s.dataset
        join performance_monitoring.dataset_sample d
          on d.dataset_id = c.id and d.at > now() - make_interval(secs => s.window_seconds)
       cross join lateral generate_series(d.began_at, d.at, interval '1 minute') m(at)
       where s.kind = 'FRESHNESS' and s.code = any (:slas)
      union all
      select s.code, s.window_seconds, extract(epoch from now() - l.finished_at), 1, case when q.score < s.least then 1 else 0 end
        from performance_monitoring.sla s
        join curated.dataset c on c.code = s.dataset
        join performance_monitoring.load_quality q on q.dataset_id = c.id and q.score is not null
        join raw.load l on l.id = q.load_id and l.finished_at > now() - make_interval(secs => s.window_seconds)
       where s.kind = 'QUALITY' and s.code = any (:slas)
      """;

  private static final String COUNTS = Counting.of(EVENTS);

  private final Jdbi jdbi;

  @Inject
  Slas(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** There are as many SLAs as there may be. */
  public static class TooManySlas extends RuntimeException {
    TooManySlas(long most) {
      super("There are %,d SLAs, as many as refdata.slas.most allows.".formatted(most));
    }
  }

  /** The SLA that was written, and whether it is new. */
  public record Written(SlaState state, boolean created) {}

  /** All SLAs, by their names, in a session of the caller's. */
  public static List<SlaState> states(Handle handle) {
    return states(handle, stored(handle, null, "", null));
  }

  /** The SLA of a name. */
  public Optional<SlaState> find(Code name) {
    return list(name.value(), "", null).stream().findFirst();
  }

  /**
   * SLAs by their names.
   *
   * @param name the name of the only one; null for all
   * @param after the name after which to begin
   * @param limit the most of them; null for all
   */
  public List<SlaState> list(@Nullable String name, String after, @Nullable Integer limit) {
    return Snapshot.ask(jdbi, handle -> states(handle, stored(handle, name, after, limit)));
  }

  private static List<SlaState> states(Handle handle, List<Stored> slas) {
    if (slas.isEmpty()) {
      return List.of();
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Map<String, SlaCounts> counts = new HashMap<>();
    handle
        .createQuery(COUNTS)
        .bindArray("slas", String.class, names(slas, false))
        .map((row, context) -> Counting.read(row))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    List<String> ofRequests = names(slas, true);
    if (!ofRequests.isEmpty()) {
      counts.putAll(SampledRequests.counts(handle, ofRequests));
    }
    long least = Setting.SLA_EVENTS.number();
    return slas.stream()
        .map(sla -> SlaState.of(sla, counts.getOrDefault(sla.name(), SlaCounts.NONE), now, least))
        .toList();
  }

  private static List<String> names(List<Stored> slas, boolean ofRequests) {
    return slas.stream()
        .filter(sla -> sla.sla().kind().isOfRequests() == ofRequests)
        .map(Stored::name)
        .toList();
  }

  private static List<Stored> stored(
      Handle handle, @Nullable String name, String after, @Nullable Integer limit) {
    return handle
        .createQuery(
            """
            select * from performance_monitoring.sla
             where code = coalesce(:name, code) and code > :after
             order by code
             limit :limit
            """)
        .bind("name", name)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static Stored read(ResultSet row) throws SQLException {
    return new Stored(
        row.getString("code"),
        row.getInt("version"),
        new Sla(
            Sla.Kind.valueOf(row.getString("kind")),
            row.getString("dataset"),
            row.getString("layout"),
            row.getString("route"),
            row.getDouble("objective"),
            row.getString("time_window"),
            row.getLong("window_seconds"),
            row.getString("bound"),
            row.getObject("bound_ms", Double.class),
            row.getObject("least", Double.class)),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getString("changed_by"));
  }

  /**
   * Creates or changes an SLA.
   *
   * @throws TooManySlas if it would be one too many
   */
  public Written put(Code name, Sla sla, Precondition condition, String by) {
    boolean created =
        jdbi.inTransaction(
            handle -> {
              Integer present = lock(handle, name);
              condition.checkVersion(name, present);
              if (present == null) {
                requireRoom(handle);
              }
              write(handle, name, sla, by);
              return present == null;
            });
    return new Written(find(name).orElseThrow(() -> new NoSuchItem("slas", name.value())), created);
  }

  /** Keeps other writers of SLAs away until the end of the transaction. */
  private static @Nullable Integer lock(Handle handle, Code name) {
    handle.execute("lock table performance_monitoring.sla in share row exclusive mode");
    return handle
        .createQuery("select version from performance_monitoring.sla where code = :name")
        .bind("name", name.value())
        .mapTo(Integer.class)
        .findOne()
        .orElse(null);
  }

  private static void requireRoom(Handle handle) {
    long count =
        handle
            .createQuery("select count(*) from performance_monitoring.sla")
            .mapTo(Long.class)
            .one();
    if (count >= Setting.SLAS.number()) {
      throw new TooManySlas(count);
    }
  }

  private static void write(Handle handle, Code name, Sla sla, String by) {
    handle
        .createUpdate(
            """
            insert into performance_monitoring.sla as s
                   (code, kind, dataset, layout, route, objective, time_window, window_seconds, bound, bound_ms, least, changed_by)
            values (:name, :kind, :dataset, :layout, :route, :objective, :window, :windowSeconds, :bound, :boundMs, :least, :by)
            on conflict (code) do update
               set version = s.version + 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
                   kind = excluded.kind, dataset = excluded.dataset, layout = excluded.layout, route = excluded.route,
                   objective = excluded.objective, time_window = excluded.time_window,
                   window_seconds = excluded.window_seconds, bound = excluded.bound, bound_ms = excluded.bound_ms, least = excluded.least
            """)
        .bind("name", name.value())
        .bind("by", by)
        .bind("kind", sla.kind().name())
        .bind("dataset", sla.dataset())
        .bind("layout", sla.layout())
        .bind("route", sla.route())
        .bind("objective", sla.objective())
        .bind("window", sla.window())
        .bind("windowSeconds", sla.windowSeconds())
        .bind("bound", sla.bound())
        .bind("boundMs", sla.boundMs())
        .bind("least", sla.least())
        .execute();
  }

  /** Deletes an SLA. */
  public void delete(Code name, Precondition condition) {
    jdbi.useTransaction(
        handle -> {
          Integer present = lock(handle, name);
          if (present == null) {
            throw new NoSuchItem("slas", name.value());
          }
          condition.checkVersion(name, Objects.requireNonNull(present));
          handle.execute("delete from performance_monitoring.sla where code = ?", name.value());
        });
  }
}
