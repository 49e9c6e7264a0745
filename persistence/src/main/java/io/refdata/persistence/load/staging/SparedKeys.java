package io.refdata.persistence.load.staging;

import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The keys in rejected lines and cells: a {@code REPLACE} does not delete them. May be used by
 * several threads.
 */
public final class SparedKeys implements AutoCloseable {
  private static final int ROWS_AT_A_TIME = 10_000;

  private final Jdbi jdbi;
  private final StagingTables staging;
  private final Set<Key> pending = new LinkedHashSet<>();

  private record Key(String key, @Nullable Instant time) {}

  public SparedKeys(Jdbi jdbi, StagingTables staging) {
    this.jdbi = jdbi;
    this.staging = staging;
  }

  /**
   * Adds a key.
   *
   * @param key the key of a series, or the code of an item
   * @param time the time of a value of the series; null for all its values
   */
  public synchronized void add(String key, @Nullable Instant time) {
    pending.add(new Key(key, time));
    if (pending.size() == ROWS_AT_A_TIME) {
      close();
    }
  }

  /** Writes the pending keys. */
  @Override
  public synchronized void close() {
    if (pending.isEmpty()) {
      return;
    }
    try (Handle handle = jdbi.open();
        BinaryCopy copy =
            new BinaryCopy(handle.getConnection(), staging.sparedKeys() + " (key, time)")) {
      for (Key spared : pending) {
        copy.row(2).text(spared.key());
        Instant time = spared.time();
        if (time == null) {
          copy.text(null);
        } else {
          copy.instant(BinaryCopy.micros(time));
        }
      }
      copy.end();
    } catch (SQLException e) {
      throw new IllegalStateException("Writing spared keys to " + staging.sparedKeys(), e);
    }
    pending.clear();
  }
}
