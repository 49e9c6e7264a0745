package io.refdata.persistence.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this server knows: all valid ones, as they were when {@link RecentRead} read them
 * last, and hashes that were refused. Both have a memory of their own, so that a flood of wrong
 * keys pushes no right one out.
 *
 * <p>What was read is good for {@code refdata.access.api-key.fresh}; so a key that another server
 * revokes is refused here within that time, and one that this server revokes at once. While the
 * database is away, it is good for {@code refdata.access.api-key.outage}. A hash that is not known
 * may be of a key that another server has just made, so it is looked for, once; of a flood only as
 * many as {@code refdata.access.api-key.lookups} allows.
 */
@ApplicationScoped
public class KnownKeys {
  /** Look-ups at a time; each holds a thread that checks callers, and others need some, too. */
  private static final int LOOK_UPS_AT_ONCE =
      (int) Math.max(1, Setting.ACCESS_CHECKS_AT_A_TIME.number() / 2);

  private static final Duration FRESH = Setting.API_KEY_FRESH.time();

  private final ApiKeys keys;
  private final ScheduledExecutorService thread;
  private final RecentRead<Map<KeyHash, ApiKey>> memory;
  private final UsedKeys used;
  private final Cache<KeyHash, Boolean> refused =
      Caffeine.newBuilder()
          .maximumSize(Setting.API_KEY_REFUSED.number())
          .executor(Runnable::run)
          .build();
  private final LookUps lookUps = new LookUps(Setting.API_KEY_LOOKUPS.number(), System::nanoTime);
  private final Semaphore asking = new Semaphore(LOOK_UPS_AT_ONCE);

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  KnownKeys() {
    keys = null;
    thread = null;
    memory = null;
    used = null;
  }

  @Inject
  public KnownKeys(ApiKeys keys) {
    this.keys = keys;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "access keys");
              made.setDaemon(true);
              return made;
            });
    this.memory =
        new RecentRead<>("API keys", keys::valid, thread, FRESH, Setting.API_KEY_OUTAGE.time());
    this.used = new UsedKeys(keys, thread);
  }

  /** The server ends: what is not written yet is written. */
  @PreDestroy
  void stop() {
    thread.shutdownNow();
    used.write();
  }

  /**
   * The standing of the key with a hash, without a wait.
   *
   * @return null if the database must be asked
   */
  public @Nullable Standing remembered(KeyHash hash) {
    Map<KeyHash, ApiKey> read = memory.trusted();
    if (read == null) {
      return null;
    }
    Standing standing = standing(read.get(hash));
    return standing == null && refused.getIfPresent(hash) != null ? refused() : standing;
  }

  /**
   * The standing of the key with a hash, after the database was asked if that is needed. It waits
   * at most for {@code refdata.access.api-key.wait}, and for one statement.
   */
  public Standing check(KeyHash hash) throws KeysUnavailable {
    memory.readIfStale(Setting.API_KEY_WAIT.time());
    Standing standing = remembered(hash);
    if (standing != null) {
      return standing;
    }
    if (memory.trusted() == null || memory.isDatabaseAway()) {
      throw new KeysUnavailable(null);
    }
    if (!lookUps.allowed()) {
      return refused();
    }
    return lookUp(hash);
  }

  private Standing lookUp(KeyHash hash) throws KeysUnavailable {
    if (!asking.tryAcquire()) {
      throw new KeysUnavailable(null);
    }
    try {
      Optional<ApiKey> found = keys.valid(hash);
      Standing standing = standing(found.orElse(null));
      if (standing == null) {
        refused.put(hash, true);
        return refused();
      }
      memory.readSoon();
      return standing;
    } catch (JdbiException e) {
      throw new KeysUnavailable(e);
    } finally {
      asking.release();
    }
  }

  /** Another one that is made later is found by a look-up. */
  public void revoked(String name) {
    memory.change(
        read -> {
          Map<KeyHash, ApiKey> others = new HashMap<>(read);
          others.values().removeIf(key -> key.name().equals(name));
          return others;
        });
  }

  /** Null if it is not a valid key. */
  private @Nullable Standing standing(@Nullable ApiKey key) {
    Instant now = Instant.now();
    if (key == null) {
      return null;
    }
    if (!key.isValid(now)) {
      return refused();
    }
    used.add(key);
    Instant until = now.plus(FRESH);
    return new Standing(key, until.isBefore(key.expiresAt()) ? until : key.expiresAt());
  }

  private static Standing refused() {
    return new Standing(null, Instant.now().plus(FRESH));
  }
}
