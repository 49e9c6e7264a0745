package io.refdata.persistence.feature;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Yearly datasets of regions and indicators, written as loads and pushes write them, and beside
 * them in memory what they were after each revision.
 */
final class WrittenSeries implements AutoCloseable {
  private final MigratedDatabase database = MigratedDatabase.create();
  private final Jdbi jdbi = Database.of(database.dataSource());

  /** One connection for all writes: to open one takes longer than to write. */
  private final Handle writer = jdbi.open();

  /** The states of each dataset by the instants from which they held: values by key and year. */
  private final Map<Integer, NavigableMap<Instant, Map<String, NavigableMap<Long, Double>>>>
      states = new HashMap<>();

  /** When what was recorded at these instants was published, if that was earlier. */
  private final Map<Instant, Instant> publications = new HashMap<>();

  /** The capacities that are a property of the facilities, by instant. */
  private final NavigableMap<Instant, Map<String, @Nullable Double>> capacities = new TreeMap<>();

  /** A value to be written; null deletes it. */
  record Write(String key, int year, @Nullable Double value) {}

  /** All that a dataset ever held, by the instants from which it did. */
  NavigableMap<Instant, Map<String, NavigableMap<Long, Double>>> states(FeatureDataset dataset) {
    return Objects.requireNonNull(states.get(dataset.id()));
  }

  Jdbi jdbi() {
    return jdbi;
  }

  FeatureDataset dataset(String code) {
    return jdbi.withHandle(
        handle -> {
          int id =
              handle
                  .createQuery(
                      """
                      insert into curated.dataset (code, name, frequency, dimension_codes, dimension_values, interval)
                      values (:code, :code, 'A', '{facility,indicator}', '{facilities,indicators}', 'CENTURY')
                      returning id
                      """)
                  .bind("code", code)
                  .mapTo(Integer.class)
                  .one();
          handle.execute("select curated.attach_dataset(?)", id);
          handle.execute("select curated.attach_partition(?, timestamptz '2000-01-01Z')", id);
          handle.execute("select curated.attach_partition(?, timestamptz '2001-01-01Z')", id);
          states.put(id, new TreeMap<>());
          return new FeatureDataset(
              id,
              new Code(code),
              Frequency.A,
              List.of(
                  new Dimension(new Code("facility"), "facilities"),
                  new Dimension(new Code("indicator"), "indicators")),
              List.of());
        });
  }

  /** Writes values in one revision; the instant at which it was recorded. */
  Instant write(FeatureDataset dataset, List<Write> writes) {
    return write(dataset, writes, null);
  }

  /**
   * Writes values in one revision.
   *
   * @param published when they were published; null if nobody says so
   * @return the instant at which it was recorded
   */
  Instant write(FeatureDataset dataset, List<Write> writes, @Nullable Instant published) {
    int revision =
        writer.inTransaction(
            handle -> {
              int opened = open(handle, dataset.id(), published);
              write(handle, dataset.id(), opened, writes);
              return opened;
            });
    Instant at = stamp(revision);
    if (published != null && published.isBefore(at)) {
      publications.put(at, published);
    }
    NavigableMap<Instant, Map<String, NavigableMap<Long, Double>>> all = states(dataset);
    Map<String, NavigableMap<Long, Double>> next = new TreeMap<>();
    if (!all.isEmpty()) {
      next.putAll(all.lastEntry().getValue());
    }
    // A state shares the series that a write leaves as they were with the state before.
    for (String key : writes.stream().map(Write::key).distinct().toList()) {
      next.put(key, new TreeMap<>(next.getOrDefault(key, new TreeMap<>())));
    }
    for (Write write : writes) {
      NavigableMap<Long, Double> values = Objects.requireNonNull(next.get(write.key()));
      if (write.value() == null) {
        values.remove(write.year() - 1970L);
      } else {
        values.put(write.year() - 1970L, write.value());
      }
    }
    all.put(at, next);
    return at;
  }

  private static int open(Handle handle, int topic) {
    return open(handle, topic, null);
  }

  private static int open(Handle handle, int topic, @Nullable Instant published) {
    return handle
        .createQuery(
            "select ref.open_revision(:topic, 'test', null, published_at => cast(:published as"
                + " timestamptz))")
        .bind("topic", topic)
        .bind("published", published == null ? null : published.toString())
        .mapTo(Integer.class)
        .one();
  }

  private Instant stamp(int revision) {
    return writer
        .createQuery("select at from ref.revision where rev = :rev")
        .bind("rev", revision)
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }

  /** Three statements, however many values: of each at most one is written. */
  private static void write(Handle handle, int dataset, int revision, List<Write> writes) {
    String[] keys = writes.stream().map(Write::key).toArray(String[]::new);
    Integer[] years = writes.stream().map(Write::year).toArray(Integer[]::new);
    Double[] values = writes.stream().map(Write::value).toArray(Double[]::new);
    handle.execute(
        """
        insert into curated.series (dataset_id, rev, key, dimensions, first, last)
        select distinct ?, ?, k, string_to_array(k, '.'), timestamptz '2000-01-01Z', timestamptz '2090-01-01Z'
          from unnest(cast(? as text[])) k
        on conflict do nothing
        """,
        dataset,
        revision,
        keys);
    String written =
        """
        from unnest(cast(? as text[]), cast(? as integer[]), cast(? as float8[])) as w(key, year, value)
        join curated.series s on s.dataset_id = %d and s.key = w.key
        """
            .formatted(dataset);
    handle.execute(
        """
        with gone as (
          delete from curated.observation_%1$d o
           using (select s.id, make_timestamptz(w.year, 1, 1, 0, 0, 0, 'UTC') as time %2$s) n
           where o.dataset_id = %1$d and o.series_id = n.id and o.time = n.time
          returning o.time, o.value, o.series_id, o.rev, o.status)
        insert into curated.observation_vintage_%1$d (time, value, dataset_id, series_id, rev, superseded_by, status)
        select time, value, %1$d, series_id, rev, %3$d, status from gone
        """
            .formatted(dataset, written, revision),
        keys,
        years,
        values);
    handle.execute(
        """
        insert into curated.observation_%1$d (time, value, dataset_id, series_id, rev)
        select make_timestamptz(w.year, 1, 1, 0, 0, 0, 'UTC'), w.value, %1$d, s.id, %3$d %2$s
         where w.value is not null
        """
            .formatted(dataset, written, revision),
        keys,
        years,
        values);
  }

  /** Writes a value of a year and revises that of the year before, for many entities at once. */
  void fill(FeatureDataset dataset, int entities, int year) {
    writer.useTransaction(
        handle -> {
          int revision = open(handle, dataset.id());
          handle.execute(
              """
              insert into curated.series (dataset_id, rev, key, dimensions, first, last)
              select ?, ?, 'E' || e || '.a', array['E' || e, 'a'], '2000-01-01Z', '2090-01-01Z' from generate_series(1, ?) e
              on conflict do nothing
              """,
              dataset.id(),
              revision,
              entities);
          handle.execute(
              """
              with gone as (delete from curated.observation_%1$d where time = '%3$d-01-01Z' returning *),
              old as (
                insert into curated.observation_vintage_%1$d (time, value, dataset_id, series_id, rev, superseded_by, status)
                select time, value, dataset_id, series_id, rev, %2$d, status from gone)
              insert into curated.observation_%1$d (time, value, dataset_id, series_id, rev)
              select time, value + 1, dataset_id, series_id, %2$d from gone
              union all
              select '%4$d-01-01Z', random() * 100, %1$d, id, %2$d from curated.series where dataset_id = %1$d
              """
                  .formatted(dataset.id(), revision, year - 1, year));
        });
  }

  /** Gives facilities capacities in one revision of the reference data. */
  Instant equip(Map<String, @Nullable Double> of) {
    int revision =
        writer.inTransaction(
            handle -> {
              int opened = open(handle, 0);
              of.forEach((code, capacity) -> equip(handle, opened, code, capacity));
              return opened;
            });
    Instant at = stamp(revision);
    Map<String, @Nullable Double> next =
        capacities.isEmpty() ? new HashMap<>() : new HashMap<>(capacities.lastEntry().getValue());
    next.putAll(of);
    capacities.put(at, next);
    return at;
  }

  private static void equip(Handle handle, int revision, String code, @Nullable Double capacity) {
    int id = code.hashCode();
    int known =
        handle.execute(
            "update ref.facility_aud set revend = ? where id = ? and revend is null", revision, id);
    handle
        .createUpdate(
            "insert into ref.facility_aud (id, rev, revtype, code, name, capacity_mw) values (:id,"
                + " :rev, :type, :code, :code, :capacity)")
        .bind("id", id)
        .bind("rev", revision)
        .bind("type", known == 0 ? 0 : 1)
        .bind("code", code)
        .bind("capacity", capacity)
        .execute();
  }

  /** The values of a dataset at an instant. */
  Map<String, NavigableMap<Long, Double>> at(FeatureDataset dataset, Instant at) {
    var entry = states(dataset).floorEntry(at);
    return entry == null ? Map.of() : entry.getValue();
  }

  /** When what was recorded at an instant was published. */
  Instant publication(Instant recorded) {
    return publications.getOrDefault(recorded, recorded);
  }

  /** The capacity of a facility at an instant. */
  @Nullable Double capacity(String code, Instant at) {
    var entry = capacities.floorEntry(at);
    return entry == null ? null : entry.getValue().get(code);
  }

  /** The instants at which a dataset was written. */
  List<Instant> instants(FeatureDataset dataset) {
    return new ArrayList<>(states(dataset).navigableKeySet());
  }

  /** The value of a period in one of its releases, as its journal tells; null if there is none. */
  @Nullable Double released(FeatureDataset dataset, String key, long period, int number) {
    int release = 0;
    NavigableMap<Long, Double> before = new TreeMap<>();
    for (var state : states(dataset).values()) {
      NavigableMap<Long, Double> values = state.getOrDefault(key, new TreeMap<>());
      boolean changed = !values.equals(before);
      if (changed && (release > 0 || values.containsKey(period))) {
        release++;
        if (release == number) {
          return values.get(period);
        }
      }
      before = values;
    }
    return null;
  }

  @Override
  public void close() {
    writer.close();
    database.close();
  }
}
