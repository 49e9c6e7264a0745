package io.refdata.persistence.load;

import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import io.refdata.persistence.metrics.duration.Durations;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of the loads that ended on this server, and of their rows; a dry run is a load, but
 * has no rows.
 */
public final class LoadCounts {
  private static final Map<State, LongAdder> ENDED = new EnumMap<>(State.class);
  private static final Durations DURATIONS = new Durations();
  private static final LongAdder INSERTED = new LongAdder();
  private static final LongAdder UPDATED = new LongAdder();
  private static final LongAdder UNCHANGED = new LongAdder();
  private static final LongAdder REJECTED = new LongAdder();

  static {
    for (State state : State.values()) {
      if (state.ended()) {
        ENDED.put(state, new LongAdder());
      }
    }
  }

  private LoadCounts() {}

  /** A load has failed or was stopped. */
  static void ended(State state) {
    ended(state, 1);
  }

  /** Loads have failed or were stopped. */
  static void ended(State state, long loads) {
    Objects.requireNonNull(ENDED.get(state)).add(loads);
  }

  /** A load is merged. */
  public static void completed(Load load) {
    ended(State.COMPLETED);
    if (load.startedAt() != null && load.finishedAt() != null) {
      DURATIONS.record(Duration.between(load.startedAt(), load.finishedAt()));
    }
    if (!load.dryRun()) {
      INSERTED.add(load.rows().inserted());
      UPDATED.add(load.rows().revised());
      UNCHANGED.add(load.rows().unchanged());
      REJECTED.add(load.rows().rejected());
    }
  }

  /** The loads by the state in which they ended. */
  static Map<State, Long> byState() {
    Map<State, Long> counts = new EnumMap<>(State.class);
    ENDED.forEach((state, count) -> counts.put(state, count.sum()));
    return counts;
  }

  /** The rows of completed loads by what came of them. */
  static Map<String, Long> rows() {
    return Map.of(
        "inserted", INSERTED.sum(),
        "updated", UPDATED.sum(),
        "unchanged", UNCHANGED.sum(),
        "rejected", REJECTED.sum());
  }

  /** From the begin of staging to the end of the merge, of completed loads. */
  static Durations durations() {
    return DURATIONS;
  }
}
