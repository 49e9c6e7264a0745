package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.sql.Acquisitions;
import io.refdata.persistence.sql.StatementTimes;
import io.refdata.persistence.sql.StatementTimes.Counts;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Statements of one name took a node longer than the slow mark ({@code refdata.slow-statement}) on
 * average since the last look, or five of a hundred did.
 */
@ApplicationScoped
public class SlowQueries implements AlertRule {
  private static final double SLOW = Setting.SLOW_STATEMENT.time().toMillis();
  private static final long CALLS = Setting.ALERTS_SLOW_CALLS.number();
  private static final double SHARE = 0.95;

  private final Map<String, Counts> before = new HashMap<>();
  private boolean looked;

  @Override
  public Description description() {
    return new Description(
        "SLOW_QUERIES",
        Scope.NODE,
        "milliseconds",
        Bounds.atLeast(SLOW, 10 * SLOW),
        "/api/v1/database/queries?window=PT5M");
  }

  @Override
  public synchronized List<Situation> evaluate(Handle database) {
    List<Situation> situations = new ArrayList<>();
    StatementTimes.all()
        .forEach(
            (name, times) -> {
              Counts now = times.counts();
              Counts earlier = before.put(name, now);
              Counts recent = earlier == null ? now : now.since(earlier);
              if (looked && recent.calls() >= CALLS && !name.equals(Acquisitions.NAME)) {
                situations.add(situation(name, recent));
              }
            });
    looked = true;
    return situations;
  }

  private static Situation situation(String name, Counts recent) {
    double mean = recent.meanMillis();
    double percentile = recent.percentileMillis(SHARE);
    return new Situation(
        Map.of("query", name),
        Math.max(mean, percentile),
        "Statement %s took %.0f ms on average and %.0f ms in 95 of 100 calls, of its last %d calls"
            .formatted(name, mean, percentile, recent.calls()));
  }
}
