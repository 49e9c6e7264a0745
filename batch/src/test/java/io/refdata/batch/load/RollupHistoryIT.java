package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Derivation;
import io.refdata.persistence.derivation.Derivation.Resampled;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.rollup.Rollups;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a random history of loads, pushes, revisions and deletions, what rollups answer is what the
 * observations come to, bit for bit, now and at every past revision.
 */
@SuppressWarnings("NullAway.Init")
class RollupHistoryIT {
  private static final long SEED = Long.getLong("rollups.seed", System.nanoTime());
  private static final int WRITES = Integer.getInteger("rollups.writes", 12);
  private static final List<Frequency> LONGER =
      List.of(Frequency.W, Frequency.M, Frequency.Q, Frequency.S, Frequency.A);

  @TempDir private static Path directory;
  private static MigratedDatabase database;

  private final Random random = new Random(SEED);
  private final Map<Frequency, Rollup> rollups = new LinkedHashMap<>();
  private Dataset dataset;
  private RollupHistory history;
  private RolledReads reads;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /** A rollup is there from the beginning, the others are filled from what is there already. */
  @Test
  void rollupsAreWhatTheObservationsComeToNowAndAtEveryPastRevision() throws IOException {
    Pipeline pipeline = new Pipeline(database.dataSource(), directory);
    dataset = pipeline.dataset("ROLLED_UP", Frequency.D, Interval.MONTH, "region=regions");
    history = new RollupHistory(pipeline, dataset, random);
    reads = new RolledReads(pipeline, dataset);
    Rollups stored = new Rollups(pipeline.jdbi());
    for (int write = 0; write < WRITES; write++) {
      if (write % (WRITES / 8) == 0 && rollups.size() < LONGER.size()) {
        Frequency longer = LONGER.get(rollups.size());
        rollups.put(
            longer,
            stored
                .put(
                    dataset,
                    new Code("BY_" + longer),
                    new Rollups.Definition(longer, null),
                    Precondition.NONE)
                .rollup());
      }
      history.write();
      if (write % 4 == 0) {
        compare(null);
      }
    }
    compare(null);
    List<Integer> revisions = history.revisions();
    for (int revision : revisions) {
      compare(revision);
    }
    assertThat(reads.answeredByRollups()).isGreaterThan(revisions.size());
  }

  private void compare(@Nullable Integer asOf) throws IOException {
    for (Map.Entry<Frequency, Rollup> rollup : rollups.entrySet()) {
      if (asOf != null && random.nextInt(3) > 0) {
        continue;
      }
      boolean known = rollup.getValue().knows(asOf);
      // Whole, and often a part of it too.
      for (int i = random.nextInt(2); i < 2; i++) {
        Derivation derivation = derivation(rollup.getKey());
        Range range = i == 1 ? range(null, null, null, asOf) : range(asOf);
        int before = reads.answeredByRollups();
        List<String> kept = read(derivation, range, true);
        assertThat(reads.answeredByRollups() - before).isEqualTo(known ? 1 : 0);
        assertThat(kept)
            .as("seed %d, %s, %s", SEED, derivation, range)
            .containsExactlyElementsOf(read(derivation, range, false));
        if (!kept.isEmpty() && random.nextInt(3) == 0) {
          Range rest = behind(range, kept.get(random.nextInt(kept.size())));
          assertThat(read(derivation, rest, true))
              .as("seed %d, %s, %s", SEED, derivation, rest)
              .containsExactlyElementsOf(read(derivation, rest, false));
        }
      }
    }
  }

  /** The range after a result, as on the next page. */
  private static Range behind(Range range, String result) {
    String[] words = result.split(" ", -1);
    Instant time = Instant.EPOCH.plus(Long.parseLong(words[1]), ChronoUnit.MICROS);
    return new Range(
        range.from(),
        range.before(),
        range.ends(),
        range.asOf(),
        null,
        new Position(words[0], time),
        0);
  }

  private Derivation derivation(Frequency longer) {
    Resampled resampled =
        new Resampled(
            new Resampling(Frequency.D, longer, ZoneOffset.UTC),
            Aggregation.values()[random.nextInt(Aggregation.values().length)],
            random.nextInt(3) > 0 ? 0 : random.nextDouble());
    Transform transform =
        random.nextInt(3) > 0
            ? null
            : Transform.parse(List.of("chg", "pc1", "ma:3").get(random.nextInt(3)), longer, 100);
    return new Derivation(Frequency.D, null, null, resampled, transform);
  }

  private Range range(@Nullable Integer asOf) {
    Instant from = Instant.parse("2019-12-01T00:00:00Z").plusSeconds(random.nextInt(30_000_000));
    Ends ends =
        random.nextInt(3) == 0 ? new Ends(1 + random.nextInt(5), random.nextBoolean()) : null;
    return range(
        random.nextBoolean() ? from : null,
        random.nextBoolean() ? from.plusSeconds(random.nextInt(30_000_000)) : null,
        ends,
        asOf);
  }

  private static Range range(
      @Nullable Instant from,
      @Nullable Instant before,
      @Nullable Ends ends,
      @Nullable Integer asOf) {
    return new Range(from, before, ends, asOf, null, null, 0);
  }

  private List<String> read(Derivation derivation, Range asked, boolean byRollup)
      throws IOException {
    SeriesSelection all =
        new SeriesSelection(List.of(), List.of(), asked.asOf() == null ? null : 1);
    return reads.read(all, derivation, asked, byRollup);
  }
}
