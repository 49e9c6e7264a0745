package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The database has nearly as many bytes as it may have ({@code refdata.alerts.database-disk}), or
 * will have within {@code refdata.alerts.disk-ahead} if it goes on growing. No function of
 * PostgreSQL tells how large its disk is.
 */
@Dependent
public class DatabaseDiskLow implements AlertRule {
  private final long all;

  public DatabaseDiskLow() {
    this(Setting.ALERTS_DATABASE_DISK.number());
  }

  DatabaseDiskLow(long all) {
    this.all = all;
  }

  private record Size(long bytes, @Nullable Double perDay) {}

  @Override
  public Description description() {
    return new Description(
        "DATABASE_DISK_LOW",
        Scope.PLATFORM,
        "percent",
        Bounds.atLeast(85.0, 95.0).margin(0.02),
        "/api/v1/database/tables");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    if (all == 0) {
      return List.of();
    }
    Size size =
        database
            .createQuery(
                """
                select d.bytes, performance_monitoring.growth_per_day('database', d.bytes) as per_day
                  from (select pg_database_size(current_database()) as bytes) d
                """)
            .map(
                (row, context) ->
                    new Size(
                        row.getLong("bytes"),
                        row.getObject("per_day") == null ? null : row.getDouble("per_day")))
            .one();
    return List.of(
        new Situation(
            Map.of("disk", "database"),
            Growth.percent(size.bytes(), all, size.perDay()),
            "The database has %,d of %,d bytes; %s"
                .formatted(
                    size.bytes(),
                    all,
                    Growth.full(Math.max(0, all - size.bytes()), size.perDay()))));
  }
}
