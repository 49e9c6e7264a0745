package io.refdata.batch.load;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The loads that jobs of this server work on, one step at a time for each load. A job can die
 * between two steps without a notice, because the batch runtime could not save its state. Such a
 * job counts as ended when no step begins for a while.
 */
@ApplicationScoped
public class RunningLoads {
  /** The longest time between two steps, in which the batch runtime only writes a few rows. */
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
   * Registers a job that is about to start.
   *
   * @param suspect whether the load may crash the server
   * @return false if the load already has a job
   */
  synchronized boolean claim(long load, boolean suspect) {
    loads.values().removeIf(Work::isOver);
    return loads.putIfAbsent(load, new Work(suspect)) == null;
  }

  /**
   * A step begins.
   *
   * @return false if another step already works on the load
   */
  synchronized boolean beginStep(long load) {
    Work work = loads.computeIfAbsent(load, unknown -> new Work(false));
    boolean free = !work.active;
    work.active = true;
    return free;
  }

  /** A step has ended, and another may follow. */
  synchronized void endStep(long load) {
    Work work = loads.get(load);
    if (work != null) {
      work.active = false;
      work.idleSince = System.nanoTime();
    }
  }

  /** The job has ended. */
  synchronized void release(long load) {
    loads.remove(load);
  }

  /** Asks the job of a load to stop. */
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
