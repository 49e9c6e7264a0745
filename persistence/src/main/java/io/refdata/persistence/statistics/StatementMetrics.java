package io.refdata.persistence.statistics;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.sql.Acquisitions;
import io.refdata.persistence.sql.StatementTimes;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.Map;

/** The times of the statements of each name, as this server measured them. */
@ApplicationScoped
public class StatementMetrics implements MetricSource {
  private static final double NANOS = 1e9;

  private record Named(String name, StatementTimes times, long calls, long nanos) {
    private static Named of(Map.Entry<String, StatementTimes> entry) {
      StatementTimes times = entry.getValue();
      return new Named(entry.getKey(), times, times.calls(), times.nanos());
    }
  }

  @Override
  public void collect(MetricSheet sheet) {
    StatementTimes.all().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Acquisitions.NAME))
        .map(Named::of)
        .sorted(Comparator.comparingLong(Named::nanos).reversed())
        .limit(Setting.METRICS_STATEMENTS_MAX.number())
        .forEach(named -> add(named, sheet));
  }

  private static void add(Named named, MetricSheet sheet) {
    sheet.summary(
        "refdata_statement_seconds",
        "Until PostgreSQL began to answer the statements of a name",
        named.calls(),
        named.nanos() / NANOS,
        "statement",
        named.name());
    sheet.gauge(
        "refdata_statement_max_seconds",
        "The slowest call of the last minutes",
        named.times().recentMax() / NANOS,
        "statement",
        named.name());
  }
}
