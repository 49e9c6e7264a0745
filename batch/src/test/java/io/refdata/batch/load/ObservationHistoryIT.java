package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.batch.load.ObservationHistory.Cell;
import io.refdata.batch.load.ObservationHistory.Observed;
import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.SeriesCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares reads of observations with a plain record of a random history: the current state, past
 * states, changes between two states, and the ends of series in each of them.
 */
@SuppressWarnings("NullAway.Init")
class ObservationHistoryIT {
  private static final long SEED = Long.getLong("history.seed", System.nanoTime());
  private static final int WRITES = Integer.getInteger("history.writes", 12);
  private static final int QUESTIONS_A_WRITE = 12;

  @TempDir private static Path directory;
  private static MigratedDatabase database;

  private final Random random = new Random(SEED);
  private Dataset dataset;
  private ObservationHistory history;
  private Observations observations;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void readsAreWhatTheHistorySays() throws IOException {
    Pipeline pipeline = new Pipeline(database.dataSource(), directory);
    dataset = pipeline.dataset("HISTORY", Frequency.A, Interval.DECADE, "region=regions");
    history = new ObservationHistory(pipeline, dataset, random);
    observations = new Observations(pipeline.jdbi(), new SeriesCache(pipeline.versions(), 1 << 20));
    for (int write = 0; write < WRITES; write++) {
      history.write();
      partitionsKnowTheirLastWrites(pipeline);
      for (int question = 0; question < QUESTIONS_A_WRITE; question++) {
        ask();
      }
    }
  }

  private void ask() throws IOException {
    Integer asOf = random.nextInt(3) == 0 ? null : revision();
    Integer since = random.nextBoolean() ? null : revision();
    Set<String> keys = new TreeSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      keys.add(ObservationHistory.region(random));
    }
    int[] years = {ObservationHistory.year(random), ObservationHistory.year(random)};
    boolean open = random.nextBoolean();
    Ends ends =
        random.nextInt(3) == 0 ? new Ends(random.nextInt(12) + 1, random.nextBoolean()) : null;
    Range range =
        new Range(
            open ? null : start(Math.min(years[0], years[1])),
            open ? null : start(Math.max(years[0], years[1])),
            ends,
            asOf,
            since,
            null,
            0);
    assertThat(read(keys, range))
        .as("seed %d, %s of %s", SEED, range, keys)
        .containsExactlyElementsOf(expected(keys, range));
  }

  /** Mostly a recent revision, as clients ask for. */
  private int revision() {
    List<Integer> revisions = history.revisions();
    int back =
        random.nextInt(random.nextBoolean() ? Math.min(3, revisions.size()) : revisions.size());
    return revisions.get(revisions.size() - 1 - back);
  }

  private static Instant start(int year) {
    return Instant.parse(year + "-01-01T00:00:00Z");
  }

  private List<String> read(Set<String> keys, Range range) throws IOException {
    List<List<List<Code>>> patterns =
        keys.stream().map(key -> List.of(List.of(new Code(key)))).toList();
    List<String> read = new ArrayList<>();
    observations.read(
        dataset,
        new SeriesSelection(patterns, List.of(), range.asOf() == null ? null : 1),
        range,
        (series, rows) -> {
          while (rows.next()) {
            read.add(
                "%s %d %s %s %s"
                    .formatted(
                        rows.series().key(),
                        Instant.EPOCH
                            .plus(rows.micros(), ChronoUnit.MICROS)
                            .atOffset(ZoneOffset.UTC)
                            .getYear(),
                        Double.isNaN(rows.value()) ? null : rows.value(),
                        rows.status(),
                        range.since() == null ? "" : rows.action()));
          }
        });
    // The series come in the order of their creation.
    Collections.sort(read);
    return read;
  }

  private List<String> expected(Set<String> keys, Range range) {
    Map<String, List<String>> bySeries = new TreeMap<>();
    lines(range)
        .forEach(
            (cell, line) -> {
              Instant time = start(cell.year());
              boolean inRange =
                  (range.from() == null || !time.isBefore(range.from()))
                      && (range.before() == null || time.isBefore(range.before()));
              if (inRange && (keys.isEmpty() || keys.contains(cell.key()))) {
                bySeries.computeIfAbsent(cell.key(), key -> new ArrayList<>()).add(line);
              }
            });
    return bySeries.values().stream().flatMap(lines -> end(lines, range.ends()).stream()).toList();
  }

  private static List<String> end(List<String> lines, @Nullable Ends ends) {
    if (ends == null || ends.count() >= lines.size()) {
      return lines;
    }
    return ends.latest()
        ? lines.subList(lines.size() - ends.count(), lines.size())
        : lines.subList(0, ends.count());
  }

  private Map<Cell, String> lines(Range range) {
    int revision = range.asOf() == null ? history.latestRevision() : range.asOf();
    Map<Cell, Observed> state = history.state(revision);
    Map<Cell, String> lines = new TreeMap<>();
    if (range.since() == null) {
      state.forEach((cell, now) -> lines.put(cell, line(cell, now.value(), now.status(), "")));
      return lines;
    }
    if (revision <= range.since()) {
      return lines;
    }
    Map<Cell, Observed> before = history.state(range.since());
    state.forEach(
        (cell, now) -> {
          if (now.revision() > range.since()) {
            String action = before.containsKey(cell) ? "R" : "I";
            lines.put(cell, line(cell, now.value(), now.status(), action));
          }
        });
    before.forEach(
        (cell, then) -> {
          if (!state.containsKey(cell)) {
            lines.put(cell, line(cell, null, then.status(), "D"));
          }
        });
    return lines;
  }

  private static String line(Cell cell, @Nullable Double value, char status, String action) {
    return "%s %d %s %s %s".formatted(cell.key(), cell.year(), value, status, action);
  }

  private void partitionsKnowTheirLastWrites(Pipeline pipeline) {
    pipeline
        .jdbi()
        .useHandle(
            handle -> {
              List<String> wrong =
                  handle
                      .createQuery(
                          """
                          select p.leaf || ' ' || p.rev
                            from curated.partition p
                           where p.dataset_id = :dataset
                             and p.rev not in (
                                   select coalesce(max(case p.kind when 'VALUE' then r.rev else r.superseded_by end), 0)
                                     from (select o.tableoid, o.rev, 0 as superseded_by from curated.observation_<id> o
                                            union all
                                           select v.tableoid, 0, v.superseded_by from curated.observation_vintage_<id> v) r
                                    where r.tableoid = ('curated.' || p.leaf)::regclass)
                             and not (p.kind = 'VALUE'
                                      and exists (select from curated.observation_vintage_<id> v
                                                   where v.superseded_by = p.rev and v.time >= p.lower and v.time < p.upper))
                          """
                              .replace("<id>", String.valueOf(dataset.id())))
                      .bind("dataset", dataset.id())
                      .mapTo(String.class)
                      .list();
              assertThat(wrong).isEmpty();
            });
  }
}
