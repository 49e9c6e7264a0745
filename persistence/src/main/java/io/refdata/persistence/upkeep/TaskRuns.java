package io.refdata.persistence.upkeep;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The number of runs of each task that ended on this server, by their outcome. */
final class TaskRuns {
  private static final Map<Ended, LongAdder> ALL = new ConcurrentHashMap<>();
  private static final Comparator<Ended> ORDER =
      Comparator.comparing(Ended::task).thenComparing(Ended::outcome);

  private TaskRuns() {}

  /** Runs of one task that ended with one outcome. */
  record Ended(String task, Outcome outcome) {}

  static void ended(String task, Outcome outcome) {
    ALL.computeIfAbsent(new Ended(task, outcome), added -> new LongAdder()).increment();
  }

  static Map<Ended, Long> all() {
    Map<Ended, Long> counts = new TreeMap<>(ORDER);
    ALL.forEach((run, count) -> counts.put(run, count.sum()));
    return counts;
  }
}
