package io.refdata.persistence.load;

import io.refdata.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds loads at work that make no progress: neither their state nor their counts have changed from
 * look to look for a time. A merge is one step without counts, so the time must be longer than the
 * longest merge.
 */
final class StuckLoads {
  private final Duration bound;
  private final Map<Long, Seen> seen = new HashMap<>();

  /**
   * @param bound the time without progress from which on a load is stuck
   */
  StuckLoads(Duration bound) {
    this.bound = bound;
  }

  static StuckLoads ofSettings() {
    return new StuckLoads(Setting.HEALTH_STUCK_LOAD.time());
  }

  /** The progress of a load at work. */
  record Progress(long id, String state, long rowsRead, double progress, int steps) {}

  /**
   * @param since when it was first seen to be so far, by {@link System#nanoTime}
   */
  private record Seen(Progress progress, long since) {}

  Duration bound() {
    return bound;
  }

  /**
   * Looks at the loads at work.
   *
   * @param now by {@link System#nanoTime}
   * @return the ids of those that are stuck, in the order of the loads
   */
  List<Long> look(List<Progress> loads, long now) {
    Map<Long, Seen> before = Map.copyOf(seen);
    seen.clear();
    List<Long> stuck = new ArrayList<>();
    for (Progress load : loads) {
      Seen last = before.get(load.id());
      Seen first = last != null && last.progress().equals(load) ? last : new Seen(load, now);
      seen.put(load.id(), first);
      if (now - first.since() >= bound.toNanos()) {
        stuck.add(load.id());
      }
    }
    return stuck;
  }
}
