package io.refdata.persistence.payload;

import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.sql.SqlText;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Removes payloads that are too old, and the oldest if all together have too many bytes: the files
 * of completed loads, and pushes. A load that failed or was stopped can be restarted, so it keeps
 * its file.
 *
 * <p>The row says that a file is removed before the file is: after a crash in between, the file is
 * one that no payload has, and the next run removes it.
 */
@Dependent
public class PayloadRetention implements Task {
  private static final String REMOVE = "REMOVE_PAYLOADS";

  /** The payloads that came before an instant and that nobody needs any more. */
  private static final String REMOVABLE =
      """
      from raw.payload p
      where p.removed_at is null and p.received_at < cast(:before as timestamptz)
        and not exists (select from raw.load l where l.payload_id = p.id and l.state <> 'COMPLETED')
      """;

  /** Bounds a statement, and with it the rows that are locked at once. */
  private static final int BATCH = 1_000;

  private final Jdbi jdbi;
  private final OptimizationLog log;
  private final Payloads files;
  private final Bounds bounds;

  /**
   * The bounds of the payloads that are stored.
   *
   * @param age how long a payload is stored
   * @param bytes of all payloads together
   * @param unrecorded the age from which on a file is removed that no payload has; a file is on
   *     disk shortly before its payload is on record
   */
  record Bounds(Duration age, long bytes, Duration unrecorded) {}

  @Inject
  public PayloadRetention(Jdbi jdbi, OptimizationLog log, Payloads files) {
    this(
        jdbi,
        log,
        files,
        new Bounds(
            Setting.PAYLOADS_KEPT.time(),
            Setting.PAYLOADS_BYTES.number(),
            Setting.PAYLOADS_UNRECORDED.time()));
  }

  PayloadRetention(Jdbi jdbi, OptimizationLog log, Payloads files, Bounds bounds) {
    this.jdbi = jdbi;
    this.log = log;
    this.files = files;
    this.bounds = bounds;
  }

  @Override
  public String name() {
    return "PAYLOADS";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Consumer<Step> done) {
    String oldest = Instant.now().minus(bounds.age()).toString();
    if (jdbi.withHandle(handle -> exist(handle, oldest))) {
      log.run(REMOVE, Removal.AGE.name(), () -> remove(Removal.AGE, oldest, Long.MAX_VALUE), done);
    }
    long excess = jdbi.withHandle(PayloadRetention::bytes) - bounds.bytes();
    if (excess > 0) {
      log.run(REMOVE, Removal.SIZE.name(), () -> remove(Removal.SIZE, "infinity", excess), done);
    }
    List<String> unrecorded = unrecorded();
    if (!unrecorded.isEmpty()) {
      log.run(REMOVE, "UNRECORDED", () -> remove(unrecorded), done);
    }
  }

  /** Removes the oldest payloads that may go, until enough bytes are gone. */
  private String remove(Removal because, String before, long bytes) {
    Removed removed = Removed.NOTHING;
    Removed batch;
    do {
      Removed soFar = removed;
      batch = jdbi.withHandle(handle -> remove(handle, because, before, bytes - soFar.bytes()));
      removed = removed.plus(batch);
    } while (batch.payloads() > 0 && removed.bytes() < bytes);
    return because == Removal.SIZE && removed.bytes() < bytes
        ? removed
            + "; "
            + (bytes - removed.bytes())
            + " bytes too many stay, of loads that can be restarted"
        : removed.toString();
  }

  private Removed remove(Handle handle, Removal because, String before, long bytes) {
    record Gone(@Nullable String path, long bytes) {}
    List<Gone> gone =
        handle
            .createQuery(
                SqlText.of(
                        """
                        with oldest as (
                          select p.id, p.content is not null as pushed, p.received_at, p.bytes
                            <removable>
                           order by p.received_at, p.id
                           limit :batch),
                        due as (
                          select id, pushed
                            from (select id, pushed, sum(bytes) over (order by received_at, id) - bytes as older
                                    from oldest) o
                           where older < :bytes),
                        deleted as (
                          delete from raw.payload p using due where p.id = due.id and due.pushed
                          returning p.bytes),
                        marked as (
                          update raw.payload p
                             set removed_at = clock_timestamp(), removed_because = :because
                            from due
                           where p.id = due.id and not due.pushed
                          returning p.path, p.bytes)
                        select null, bytes from deleted union all select path, bytes from marked
                        """)
                    .with("removable", REMOVABLE)
                    .text())
            .bind("before", before)
            .bind("batch", BATCH)
            .bind("bytes", bytes)
            .bind("because", because.name())
            .map((row, context) -> new Gone(row.getString(1), row.getLong(2)))
            .list();
    Removed removed = Removed.NOTHING;
    for (Gone one : gone) {
      if (one.path() != null) {
        remove(one.path());
      }
      removed = removed.plus(new Removed(1, one.bytes()));
    }
    return removed;
  }

  /** The number of payloads that were removed, and their bytes. */
  private record Removed(int payloads, long bytes) {
    static final Removed NOTHING = new Removed(0, 0);

    Removed plus(Removed other) {
      return new Removed(payloads + other.payloads, bytes + other.bytes);
    }

    @Override
    public String toString() {
      return payloads + " payloads, " + bytes + " bytes";
    }
  }

  private static boolean exist(Handle handle, String before) {
    return handle
        .createQuery(
            SqlText.of("select exists (select <removable>)").with("removable", REMOVABLE).text())
        .bind("before", before)
        .mapTo(Boolean.class)
        .one();
  }

  private static long bytes(Handle handle) {
    return handle
        .createQuery("select coalesce(sum(bytes), 0) from raw.payload where removed_at is null")
        .mapTo(Long.class)
        .one();
  }

  /** The files on disk that no payload has: a crash came between them and their row. */
  private List<String> unrecorded() {
    List<String> old = writtenBefore(Instant.now().minus(bounds.unrecorded()));
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
                     where not exists (select from raw.payload p where p.path = f.path and p.removed_at is null)
                    """)
                .bindArray("paths", String.class, old)
                .mapTo(String.class)
                .list());
  }

  private List<String> writtenBefore(Instant instant) {
    try {
      return files.writtenBefore(instant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
