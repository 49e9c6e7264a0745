package io.refdata.persistence.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All valid keys, as they were when they were read last. They are read when somebody uses keys, by
 * a thread of their own: again as soon as half of the time is over for which they are good, so that
 * nobody waits. If they cannot be read, the last ones are good for longer, and it is tried again
 * after the time for which they would be good.
 */
final class KeysInMemory {
  private static final Logger LOG = Logger.getLogger(KeysInMemory.class);

  private final ApiKeys keys;
  private final Executor thread;
  private final long fresh;
  private final long outage;
  private volatile @Nullable Read read;
  private volatile boolean away;
  private volatile long failed;

  /** The read that is under way; guarded by this. */
  private @Nullable CompletableFuture<Boolean> reading;

  /** What was read before this shows a key that has been revoked since; guarded by this. */
  private long notBefore;

  KeysInMemory(ApiKeys keys, Executor thread, Duration fresh, Duration outage) {
    this.keys = keys;
    this.thread = thread;
    this.fresh = fresh.toNanos();
    this.outage = outage.toNanos();
    this.notBefore = System.nanoTime();
  }

  /**
   * What one read has found.
   *
   * @param at when it began, by {@link System#nanoTime}
   */
  record Read(Map<KeyHash, ApiKey> keys, long at) {}

  /** The keys, if they may be relied on; else null. Begins to read them again in time. */
  @Nullable Read trusted() {
    Read now = read;
    if (now == null) {
      return null;
    }
    long age = System.nanoTime() - now.at();
    if (age > fresh / 2 && mayTry()) {
      readSoon();
    }
    return age <= fresh || (away && age <= outage) ? now : null;
  }

  /** True if the last read failed. */
  boolean isDatabaseAway() {
    return away;
  }

  private boolean mayTry() {
    return !away || System.nanoTime() - failed > fresh;
  }

  /**
   * Reads the keys, unless those that are known may be relied on; waits until they are read, at
   * most for a time. What takes longer than that counts as away.
   */
  void readIfStale(Duration patience) {
    if (trusted() != null || !mayTry()) {
      return;
    }
    try {
      reading().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
      away();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to read them, unless that is under way; waits for nothing. */
  void readSoon() {
    CompletableFuture<Boolean> unused = reading();
  }

  private synchronized CompletableFuture<Boolean> reading() {
    CompletableFuture<Boolean> now = reading;
    if (now == null) {
      now = new CompletableFuture<>();
      reading = now;
      CompletableFuture<Boolean> begun = now;
      try {
        thread.execute(() -> readNow(begun));
      } catch (RejectedExecutionException e) {
        reading = null; // the server ends
        now.completeExceptionally(e);
      }
    }
    return now;
  }

  private void readNow(CompletableFuture<Boolean> done) {
    long began = System.nanoTime();
    try {
      while (!publish(new Read(keys.valid(), began))) {
        began = System.nanoTime();
      }
      done.complete(true);
    } catch (RuntimeException e) {
      if (!away) {
        LOG.warnf("The API keys cannot be read; known ones go on for a while: %s", e.getMessage());
      }
      away();
      ended();
      done.completeExceptionally(e);
    }
  }

  private synchronized void ended() {
    reading = null;
  }

  private void away() {
    failed = System.nanoTime();
    away = true;
  }

  /** False if a key was revoked since the read began: then it must be done again. */
  private synchronized boolean publish(Read now) {
    if (now.at() - notBefore < 0) {
      return false;
    }
    read = now;
    reading = null;
    away = false;
    if (System.nanoTime() - now.at() > fresh) {
      away(); // it answers, but too slowly: what it says is old when it is there
    }
    return true;
  }

  /** A key is not valid any more from now on. */
  synchronized void forget(String name) {
    notBefore = System.nanoTime();
    Read now = read;
    if (now != null) {
      Map<KeyHash, ApiKey> others = new HashMap<>(now.keys());
      others.values().removeIf(key -> key.name().equals(name));
      read = new Read(others, now.at());
    }
  }
}
