package io.refdata.persistence.access;

import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ended tokens that this server knows. One that this server ends is refused here at once, and
 * by all others within {@code refdata.access.endings.fresh}. While the database is away, those that
 * are known are good for {@code refdata.access.endings.outage}.
 */
@ApplicationScoped
public class KnownEndings {
  private final ExecutorService thread;
  private final RecentRead<EndedTokens> memory;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  KnownEndings() {
    thread = null;
    memory = null;
  }

  @Inject
  public KnownEndings(TokenEndings endings) {
    this(endings::inForce);
  }

  /** Those that a source has. */
  public KnownEndings(Supplier<EndedTokens> source) {
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "ended tokens");
              made.setDaemon(true);
              return made;
            });
    memory =
        new RecentRead<>(
            "ended tokens",
            source,
            thread,
            Setting.ACCESS_ENDINGS_FRESH.time(),
            Setting.ACCESS_ENDINGS_OUTAGE.time());
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }

  /** The ended tokens that are known, without a wait; null if the database must be asked. */
  public @Nullable EndedTokens remembered() {
    return memory.trusted();
  }

  /**
   * The ended tokens that are known after the database was asked, if that is needed. It waits at
   * most for {@code refdata.access.endings.wait}; null if it can't be told now.
   */
  public @Nullable EndedTokens check() {
    memory.readIfStale(Setting.ACCESS_ENDINGS_WAIT.time());
    return memory.trusted();
  }

  /** This server has ended tokens. */
  public void ended(TokenEnding ending) {
    memory.change(known -> known.with(ending));
  }
}
