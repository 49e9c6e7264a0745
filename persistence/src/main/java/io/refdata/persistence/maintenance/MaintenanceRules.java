package io.refdata.persistence.maintenance;

import io.refdata.settings.Setting;
import java.time.Duration;

/**
 * When a table or an index needs something, and how long it may take.
 *
 * @param time how long a run begins further steps, and how long each may take
 * @param patience how long a step waits for a lock
 * @param analyzeShare the share of changed rows from which on a table is analyzed
 * @param analyzeParentsAfter the time after which a partitioned table is analyzed again if its
 *     partitions were
 * @param vacuumShare the share of dead rows from which on a table is vacuumed
 * @param freezeShare the age from which on a table is frozen, as a share of that at which
 *     PostgreSQL does it whatever else runs
 * @param reindexShare the share of an index that has to be bloat to rebuild it
 * @param reindexBytes the length of an index from which on it is looked at
 * @param reindexPause the time after which an index is rebuilt again at the earliest
 * @param reindexWait how long a rebuild waits for transactions of others
 */
public record MaintenanceRules(
    Duration time,
    Duration patience,
    double analyzeShare,
    Duration analyzeParentsAfter,
    double vacuumShare,
    double freezeShare,
    double reindexShare,
    long reindexBytes,
    Duration reindexPause,
    Duration reindexWait) {

  /** The rules that the settings {@code refdata.maintenance.*} give. */
  public static MaintenanceRules ofSettings() {
    return new MaintenanceRules(
        Setting.MAINTENANCE_TIME.time(),
        Setting.MAINTENANCE_PATIENCE.time(),
        share(Setting.ANALYZE_SHARE),
        Setting.ANALYZE_PARENTS_AFTER.time(),
        share(Setting.VACUUM_SHARE),
        share(Setting.FREEZE_SHARE),
        share(Setting.REINDEX_SHARE),
        Setting.REINDEX_BYTES.number(),
        Setting.REINDEX_PAUSE.time(),
        Setting.INDEXES_BUILD_WAIT.time());
  }

  private static double share(Setting percent) {
    return percent.number() / 100.0;
  }
}
