package io.refdata.api.queue;

import io.refdata.persistence.Connections;
import io.refdata.persistence.Recurring;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works at a queue, at some of it at a time. It looks for what is due every so often, when it is
 * told that something has changed, and when something has ended. While it works it renews its
 * claims; if the server dies, they run out, and any server begins again.
 *
 * @param <W> what is worked at
 */
public final class ClaimedWork<W> {
  private static final Logger LOG = Logger.getLogger(ClaimedWork.class);

  private final Queue<W> queue;
  private final int most;
  private final Connections connections;
  private final ScheduledExecutorService scheduler;
  private final ExecutorService threads;
  private final Runnable look;
  private final Set<W> works = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledFuture<?> looks;
  private volatile boolean stopped;

  /**
   * @param most how much is worked at at a time
   */
  public ClaimedWork(
      Queue<W> queue,
      int most,
      Connections connections,
      ScheduledExecutorService scheduler,
      ExecutorService threads) {
    this.queue = queue;
    this.most = most;
    this.connections = connections;
    this.scheduler = scheduler;
    this.threads = threads;
    this.look = new Recurring("Looking for %s that are due".formatted(queue.name()), this::look);
  }

  /** Looks now, and then every so often. */
  public void start(Duration every) {
    looks =
        scheduler.scheduleWithFixedDelay(
            look, 0, Math.max(1, every.toMillis()), TimeUnit.MILLISECONDS);
  }

  /**
   * Begins nothing any more.
   *
   * @return what is still worked at
   */
  public List<W> stop() {
    stopped = true;
    if (looks != null) {
      looks.cancel(false);
    }
    return List.copyOf(works);
  }

  /** Something has changed in the queue. */
  public void wake() {
    try {
      scheduler.execute(look::run);
    } catch (RejectedExecutionException | IllegalStateException e) {
      LOG.debug("The server ends", e);
    }
  }

  private synchronized void look() {
    if (stopped) {
      return;
    }
    try {
      works.forEach(queue::renew);
      int free = most - works.size();
      if (free > 0) {
        queue.claim(free).forEach(this::begin);
      }
    } catch (RuntimeException e) {
      LOG.debugf(e, "Looking for %s that are due failed", queue.name());
      if (Connections.lost(e)) {
        connections.dropDead();
      } else {
        LOG.errorf("No %s are worked at: %s", queue.name(), e.getMessage());
      }
    }
  }

  private void begin(W work) {
    works.add(work);
    try {
      threads.execute(() -> work(work));
    } catch (RejectedExecutionException | IllegalStateException e) {
      works.remove(work);
      queue.release(work);
    } catch (Error e) { // There may be no memory for a thread. The claim runs out.
      works.remove(work);
      throw e;
    }
  }

  private void work(W work) {
    try {
      queue.work(work);
    } catch (RuntimeException e) {
      LOG.debugf(e, "One of the %s is begun again when its claim runs out", queue.name());
    } finally {
      works.remove(work);
      wake();
    }
  }
}
