package io.refdata.api.access.token;

import io.refdata.api.access.CheckUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the issuer, fetched by a thread of their own before they are old. While the issuer is
 * away they go on to be used, for a time. From {@link #start} to {@link #close}.
 */
final class IssuerKeys implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  private final Issuer issuer;
  private final KeyTimes times;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread;
  private final Semaphore waiting;

  private volatile @Nullable Fetched fetched;
  private volatile boolean away;

  /** The fetch that tokens with an unknown key wait for, until it begins; null if there is none. */
  private @Nullable CompletableFuture<KeySet> awaited;

  /** The same from its begin to its end. */
  private volatile @Nullable CompletableFuture<KeySet> underWay;

  private Instant lastAwaited = Instant.MIN;

  private record Fetched(KeySet keys, long milliseconds) {}

  IssuerKeys(Issuer issuer, KeyTimes times, InstantSource clock) {
    this.issuer = issuer;
    this.times = times;
    this.clock = clock;
    this.waiting = new Semaphore(times.waiting());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread worker = new Thread(work, "refdata-issuer-keys");
              worker.setDaemon(true);
              return worker;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Returns after the first try to fetch them. */
  void start() throws InterruptedException {
    try {
      thread.submit(this::fetchAndGoOn).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The keys of the issuer cannot be fetched", e.getCause());
    }
  }

  private void fetchAndGoOn() {
    Duration pause = times.retry();
    try {
      fetch();
      pause = times.refresh();
    } catch (IOException | RuntimeException e) {
      LOG.debug("The keys of the issuer were not fetched", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      schedule(this::fetchAndGoOn, pause);
    }
  }

  private void schedule(Runnable work, Duration pause) {
    try {
      var unused = thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The server is stopped", e);
    }
  }

  /** Fetches them, in the thread that calls; only one thread may. */
  private KeySet fetch() throws IOException, InterruptedException {
    try {
      KeySet keys = issuer.keys();
      Fetched before = fetched;
      // The same object stands for the same keys: verdicts of tokens see at once what changed.
      KeySet kept = before != null && before.keys().hasSameKeysAs(keys) ? before.keys() : keys;
      fetched = new Fetched(kept, clock.millis());
      if (away) {
        LOG.info("The keys of the issuer can be fetched again");
      }
      away = false;
      return kept;
    } catch (IOException | RuntimeException e) {
      if (!away) {
        LOG.warnf("The keys of the issuer cannot be fetched: %s", e.getMessage());
      }
      away = true;
      throw e;
    }
  }

  /** The keys to use now; null if there are none, or they are too old. */
  @Nullable KeySet now() {
    Fetched last = fetched;
    return last == null || clock.millis() - last.milliseconds() >= times.kept().toMillis()
        ? null
        : last.keys();
  }

  /**
   * Keys that are fetched now or later, for a token with an unknown key: those of a fetch that is
   * under way if they have it, and else those of a fetch that begins when it may. A fetch that
   * works takes little time, so all may wait for it; only a few may wait longer, since each holds a
   * thread.
   *
   * @throws CheckUnavailable if they do not come in time
   */
  KeySet next(PresentedToken token) throws CheckUnavailable {
    long deadline = System.nanoTime() + times.patience().toNanos();
    CompletableFuture<KeySet> begun = underWay;
    if (begun != null && !away) {
      KeySet keys = await(begun, deadline);
      if (!keys.lacksKeyOf(token)) {
        return keys;
      }
    }
    boolean isLong = away || !pause().isZero();
    if (isLong && !waiting.tryAcquire()) {
      throw new CheckUnavailable("Too many tokens wait for the keys of the issuer");
    }
    try {
      return await(awaited(), deadline);
    } finally {
      if (isLong) {
        waiting.release();
      }
    }
  }

  private static KeySet await(CompletableFuture<KeySet> fetch, long deadline)
      throws CheckUnavailable {
    try {
      return fetch.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CheckUnavailable("The keys of the issuer are not there", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckUnavailable("The server is stopped", e);
    }
  }

  /** Tokens that wait long now. */
  int waiting() {
    return times.waiting() - waiting.availablePermits();
  }

  private synchronized CompletableFuture<KeySet> awaited() throws CheckUnavailable {
    CompletableFuture<KeySet> fetch = awaited;
    if (fetch == null) {
      Duration pause = pause();
      if (pause.compareTo(times.patience()) >= 0) {
        throw new CheckUnavailable("The keys of the issuer were fetched a moment ago");
      }
      fetch = new CompletableFuture<>();
      awaited = fetch;
      schedule(this::answerAwaited, pause);
    }
    return fetch;
  }

  private synchronized Duration pause() {
    if (lastAwaited.equals(Instant.MIN)) {
      return Duration.ZERO;
    }
    Duration pause = Duration.between(clock.instant(), lastAwaited.plus(times.unknownEvery()));
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  private void answerAwaited() {
    CompletableFuture<KeySet> fetch = begun();
    try {
      fetch.complete(fetch());
    } catch (IOException | RuntimeException e) {
      fetch.completeExceptionally(e);
    } catch (InterruptedException e) {
      fetch.completeExceptionally(e);
      Thread.currentThread().interrupt();
    } finally {
      underWay = null;
    }
  }

  private synchronized CompletableFuture<KeySet> begun() {
    CompletableFuture<KeySet> fetch = awaited == null ? new CompletableFuture<>() : awaited;
    awaited = null;
    underWay = fetch;
    lastAwaited = clock.instant();
    return fetch;
  }

  /** Ends the thread; the keys are not fetched any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
