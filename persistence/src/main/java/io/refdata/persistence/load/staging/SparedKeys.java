package io.refdata.persistence.load.staging;

import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What refused lines and cells name: a {@code REPLACE} does not delete it. By several threads. */
public final class SparedKeys implements AutoCloseable {
  private static final int ROWS_AT_A_TIME = 10_000;

  private final Jdbi jdbi;
  private final StagingTables staging;
  private final Set<Kept> pending = new LinkedHashSet<>();

  private record Kept(String key, @Nullable Instant time) {}

  public SparedKeys(Jdbi jdbi, StagingTables staging) {
    this.jdbi = jdbi;
    this.staging = staging;
  }

  /**
   * Adds one.
   *
   * @param key of a series, or the code of an item
   * @param time of a series, null for all its values
   */
  public synchronized void add(String key, @Nullable Instant time) {
    pending.add(new Kept(key, time));
    if (pending.size() == ROWS_AT_A_TIME) {
      close();
    }
  }

  /** Writes what is pending. */
  @Override
  public synchronized void close() {
    if (pending.isEmpty()) {
      return;
    }
    try (Handle handle = jdbi.open();
        BinaryCopy copy = new BinaryCopy(handle.getConnection(), staging.kept() + " (key, time)")) {
      for (Kept kept : pending) {
        copy.row(2).text(kept.key());
        Instant time = kept.time();
        if (time == null) {
          copy.text(null);
        } else {
          copy.instant(BinaryCopy.micros(time));
        }
      }
      copy.end();
    } catch (SQLException e) {
      throw new IllegalStateException("Writing what is kept to " + staging.kept(), e);
    }
    pending.clear();
  }
}
