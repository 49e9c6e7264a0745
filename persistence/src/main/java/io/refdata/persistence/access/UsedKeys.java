package io.refdata.persistence.access;

import io.refdata.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * When keys were last used on this server. It is written behind the requests, for all keys in one
 * statement, and only when there is something to write. What the database does not take is written
 * the next time; there is at most one entry for each valid key.
 */
final class UsedKeys {
  private static final Logger LOG = Logger.getLogger(UsedKeys.class);
  private static final Duration EVERY = Setting.API_KEY_USED.time();
  private static final long MILLIS_APART = 1_000;

  private final ApiKeys keys;
  private final ScheduledExecutorService thread;
  private final Map<String, Long> uses = new ConcurrentHashMap<>();
  private final AtomicBoolean waiting = new AtomicBoolean();

  UsedKeys(ApiKeys keys, ScheduledExecutorService thread) {
    this.keys = keys;
    this.thread = thread;
  }

  /** A key is used now. It takes no lock, unless its last use is more than a second ago. */
  void add(ApiKey key) {
    long now = System.currentTimeMillis();
    Long last = uses.get(key.name());
    if (last == null || now - last >= MILLIS_APART) {
      uses.put(key.name(), now);
      if (waiting.compareAndSet(false, true)) {
        writeLater();
      }
    }
  }

  private void writeLater() {
    try {
      ScheduledFuture<?> unused =
          thread.schedule(this::write, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debugf(e, "The server ends: when keys were last used is not written any more");
    }
  }

  /** Writes what has not been written. */
  void write() {
    waiting.set(false);
    Map<String, Long> taken = Map.copyOf(uses);
    if (taken.isEmpty()) {
      return;
    }
    try {
      Map<String, Instant> instants = new HashMap<>();
      taken.forEach((name, millis) -> instants.put(name, Instant.ofEpochMilli(millis)));
      keys.used(instants);
      taken.forEach(uses::remove);
    } catch (JdbiException e) {
      LOG.infof("When keys were last used is written later: %s", e.getMessage());
      if (waiting.compareAndSet(false, true)) {
        writeLater();
      }
    }
  }
}
