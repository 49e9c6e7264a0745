package io.refdata.persistence.access;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was when it was read last: the valid keys, or the ended tokens. It is read when
 * somebody needs it, by a thread of its own: again as soon as half of the time is over for which it
 * is good, so that nobody waits. If it cannot be read, what was read last is good for longer, and
 * it is tried again after the time for which it would be good, whether or not somebody needs it: so
 * it is good for longer only while the database is away.
 */
final class RecentRead<T> {
  private static final Logger LOG = Logger.getLogger(RecentRead.class);

  private final String subject;
  private final Supplier<T> source;
  private final Executor thread;
  private final long fresh;
  private final long outage;
  private volatile @Nullable Read<T> read;
  private volatile boolean away;

  /** Whether it will be tried again; guarded by this. */
  private boolean retrying;

  /** The read that is under way; guarded by this. */
  private @Nullable CompletableFuture<Boolean> reading;

  /** The time before which a read lacks a change of this server; guarded by this. */
  private long notBefore;

  /**
   * Nothing is read yet.
   *
   * @param subject what it is, for the log
   * @param fresh how long a read is good
   * @param outage how long it is good while no other one succeeds
   */
  RecentRead(String subject, Supplier<T> source, Executor thread, Duration fresh, Duration outage) {
    this.subject = subject;
    this.source = source;
    this.thread = thread;
    this.fresh = fresh.toNanos();
    this.outage = outage.toNanos();
    this.notBefore = System.nanoTime();
  }

  /**
   * The result of one read.
   *
   * @param at when it began, by {@link System#nanoTime}
   */
  record Read<T>(T found, long at) {}

  /** The last result, if it may be relied on; else null. Begins to read it again in time. */
  @Nullable T trusted() {
    Read<T> now = read;
    if (now == null) {
      return null;
    }
    long age = System.nanoTime() - now.at();
    if (age > fresh / 2 && !away) { // else it is tried again in any case
      readSoon();
    }
    return age <= fresh || (away && age <= outage) ? now.found() : null;
  }

  /** True if the last read failed. */
  boolean isDatabaseAway() {
    return away;
  }

  /**
   * Reads it, unless what is known may be relied on; waits until it is read, at most for a time. A
   * database that takes longer than that counts as away.
   */
  void readIfStale(Duration patience) {
    if (trusted() != null || away) {
      return;
    }
    try {
      reading().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      awayIfReading();
    } catch (ExecutionException e) {
      LOG.debugf(e, "The %s could not be read", subject); // and it is tried again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Only the end of a read says that the database is there, so one must be under way. */
  private synchronized void awayIfReading() {
    if (reading != null) {
      away = true;
    }
  }

  /** Begins to read it, unless that is under way; waits for nothing. */
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
      while (!publish(new Read<>(source.get(), began))) {
        began = System.nanoTime();
      }
      done.complete(true);
    } catch (RuntimeException | Error e) {
      if (!away) {
        LOG.warnf(
            "The %s cannot be read; those that are known go on for a while: %s",
            subject, e.getMessage());
      }
      ended();
      retryLater();
      done.completeExceptionally(e);
      if (e instanceof Error error) {
        throw error;
      }
    }
  }

  private synchronized void ended() {
    reading = null;
  }

  private synchronized void retryLater() {
    away = true;
    if (!retrying) {
      retrying = true;
      CompletableFuture.delayedExecutor(fresh, TimeUnit.NANOSECONDS, thread).execute(this::retry);
    }
  }

  private void retry() {
    synchronized (this) {
      retrying = false;
    }
    if (away) {
      readSoon();
    }
  }

  /** False if this server has changed it since the read began: then it must be done again. */
  private synchronized boolean publish(Read<T> now) {
    if (now.at() - notBefore < 0) {
      return false;
    }
    read = now;
    reading = null;
    away = false;
    if (System.nanoTime() - now.at() > fresh) {
      retryLater(); // it answers, but too slowly: what it says is old when it is there
    }
    return true;
  }

  /** This server has changed what is on record: from now on it is known here. */
  synchronized void change(UnaryOperator<T> change) {
    notBefore = System.nanoTime();
    Read<T> now = read;
    if (now != null) {
      read = new Read<>(change.apply(now.found()), now.at());
    }
  }
}
