package io.refdata.batch.load;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The loads that a job of this server is at work on, each by one step at a time. A job that dies
 * between two steps, because the batch runtime could not write down where it is, tells nobody: it
 * is taken for over when no step has begun for a while.
 */
@ApplicationScoped
public class RunningLoads {
  /** Between two steps the batch runtime has a few rows to write, and nothing else to do. */
  private static final Duration BETWEEN_STEPS = Duration.ofSeconds(5);

  private final Map<Long, Work> loads = new HashMap<>();

  private static final class Work {
    private final boolean suspect;
    private boolean active;
    private boolean stopped;
    private long idleSince = System.nanoTime();

    Work(boolean suspect) {
      this.suspect = suspect;
    }

    boolean isOver() {
      return !active && System.nanoTime() - idleSince > BETWEEN_STEPS.toNanos();
    }
  }

  /**
   * A job is about to be started.
   *
   * @param suspect whether the load may be one that ends the server
   * @return false if there is one already
   */
  synchronized boolean take(long load, boolean suspect) {
    loads.values().removeIf(Work::isOver);
    return loads.putIfAbsent(load, new Work(suspect)) == null;
  }

  /** A step begins; false if another is at work on the load already. */
  synchronized boolean begin(long load) {
    Work work = loads.computeIfAbsent(load, unknown -> new Work(false));
    boolean free = !work.active;
    work.active = true;
    return free;
  }

  /** A step that has begun has ended, and another follows. */
  synchronized void end(long load) {
    Work work = loads.get(load);
    if (work != null) {
      work.active = false;
      work.idleSince = System.nanoTime();
    }
  }

  /** The job is over. */
  synchronized void release(long load) {
    loads.remove(load);
  }

  /** Somebody wants the work on a load to end. */
  synchronized void stop(long load) {
    Work work = loads.get(load);
    if (work != null) {
      work.stopped = true;
    }
  }

  synchronized boolean isStopped(long load) {
    Work work = loads.get(load);
    return work != null && work.stopped;
  }

  synchronized boolean has(long load) {
    Work work = loads.get(load);
    return work != null && !work.isOver();
  }

  synchronized int count() {
    return (int) loads.values().stream().filter(work -> !work.isOver()).count();
  }

  synchronized boolean hasSuspect() {
    return loads.values().stream().anyMatch(work -> work.suspect && !work.isOver());
  }
}
