package io.refdata.persistence.dataset;

import io.refdata.persistence.freshness.Versions;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The codes of the datasets that can be read without a credential. They are remembered until a
 * dataset is written, and for {@code refdata.access.public-lifetime}, since another server that
 * shares the database may write one.
 */
@ApplicationScoped
public class PublicDatasets {
  private static final long LIFETIME = Setting.ACCESS_PUBLIC_LIFETIME.time().toNanos();
  private static final int[] BUCKETS = DatasetDependencies.all().buckets();

  private static final Duration WAIT = Setting.ACCESS_PUBLIC_WAIT.time();
  private static final int WAITING = 1_000;
  private static final int IDLE_SECONDS = 60;

  private final Jdbi jdbi;
  private final Versions versions;

  /** Reads them; a database that hangs holds this thread, and none that others wait for. */
  private final ThreadPoolExecutor thread = thread();

  private volatile @Nullable Known known;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  PublicDatasets() {
    this(null, null);
  }

  @Inject
  public PublicDatasets(Jdbi jdbi, Versions versions) {
    this.jdbi = jdbi;
    this.versions = versions;
  }

  private static ThreadPoolExecutor thread() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread made = new Thread(work, "public datasets");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }

  /** The database did not tell which datasets are public. */
  public static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;

    private Unknown(Throwable cause) {
      super("It is not known which datasets are public", cause);
    }
  }

  /**
   * @param since the version time before they were read
   * @param readAt the same by the nano clock
   */
  private record Known(Set<String> codes, long since, long readAt) {}

  /** The codes, if they are remembered; else null. It takes no statement. */
  public @Nullable Set<String> known() {
    Known last = known;
    return last != null
            && System.nanoTime() - last.readAt() < LIFETIME
            && versions.fresh(BUCKETS, last.since())
        ? last.codes()
        : null;
  }

  /**
   * The codes, which are read unless they are remembered. It waits at most for {@code
   * refdata.access.public-wait}.
   */
  public Set<String> read() throws Unknown {
    Set<String> remembered = known();
    if (remembered != null) {
      return remembered;
    }
    Future<Set<String>> reading = null;
    try {
      reading = thread.submit(this::readNow);
      return reading.get(WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw new Unknown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unknown(e);
    } finally {
      if (reading != null) {
        reading.cancel(false);
      }
    }
  }

  private Set<String> readNow() {
    Set<String> remembered = known();
    if (remembered != null) {
      return remembered;
    }
    long since = versions.now();
    long readAt = System.nanoTime();
    Set<String> codes =
        Set.copyOf(
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery("select d.code from curated.dataset d where d.is_public")
                        .mapTo(String.class)
                        .list()));
    known = new Known(codes, since, readAt);
    return codes;
  }
}
