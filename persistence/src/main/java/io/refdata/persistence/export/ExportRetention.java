package io.refdata.persistence.export;

import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes exports whose time is over, and files that no export has: it was deleted, or a crash came
 * between them and their row.
 */
@Dependent
public class ExportRetention implements Task {
  private static final String REMOVE = "REMOVE_EXPORTS";

  private final Jdbi jdbi;
  private final OptimizationLog log;
  private final ExportFiles files;
  private final Duration unrecorded;

  @Inject
  public ExportRetention(Jdbi jdbi, OptimizationLog log, ExportFiles files) {
    this(jdbi, log, files, Setting.PAYLOADS_UNRECORDED.time());
  }

  /**
   * @param unrecorded the age from which on a file is removed that no export has
   */
  ExportRetention(Jdbi jdbi, OptimizationLog log, ExportFiles files, Duration unrecorded) {
    this.jdbi = jdbi;
    this.log = log;
    this.files = files;
    this.unrecorded = unrecorded;
  }

  @Override
  public String name() {
    return "EXPORTS";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Consumer<Step> done) {
    if (anyExpired()) {
      log.run(REMOVE, "AGE", this::removeExpired, done);
    }
    List<String> left = unrecorded();
    if (!left.isEmpty()) {
      log.run(REMOVE, "UNRECORDED", () -> remove(left), done);
    }
  }

  private boolean anyExpired() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from curated.export where expires_at <="
                        + " clock_timestamp())")
                .mapTo(Boolean.class)
                .one());
  }

  private String removeExpired() {
    List<String> paths =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        delete from curated.export where expires_at <= clock_timestamp()
                        returning coalesce(path, '')
                        """)
                    .mapTo(String.class)
                    .list());
    paths.stream().filter(path -> !path.isEmpty()).forEach(this::remove);
    return paths.size() + " exports";
  }

  private List<String> unrecorded() {
    List<String> old;
    try {
      old = files.writtenBefore(Instant.now().minus(unrecorded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (old.isEmpty()) {
      return old;
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select f.path
                      from unnest(:paths) f (path)
                     where not exists (select from curated.export e where e.path = f.path and e.state <> 'FAILED')
                    """)
                .bindArray("paths", String.class, old)
                .mapTo(String.class)
                .list());
  }

  private String remove(List<String> paths) {
    paths.forEach(this::remove);
    return paths.size() + " files";
  }

  private void remove(String path) {
    try {
      files.remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
