package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Files take long from their arrival until readers see their data: the oldest that is under way, or
 * the last one if it was completed just now.
 */
@Dependent
public class IngestionLag implements AlertRule {
  private static final Duration WINDOW = Setting.ALERTS_LAG_WITHIN.time();
  private static final double WARNING_SECONDS = 900;
  private static final double CRITICAL_SECONDS = 3_600;

  @Override
  public Description description() {
    return new Description(
        "INGESTION_LAG",
        Scope.PLATFORM,
        "seconds",
        Bounds.atLeast(WARNING_SECONDS, CRITICAL_SECONDS),
        "/api/v1/loads");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    // A load that is under way stands for its target: what was completed before says less.
    return database
        .createQuery(
            """
            select distinct on (l.target) l.target, l.id, l.state,
                   extract(epoch from coalesce(greatest(l.finished_at, r.at), clock_timestamp()) - l.received_at) as lag
              from raw.load l
              left join ref.revision r on r.rev = l.rev
             where not l.dry_run
               and (l.state in ('RECEIVED', 'STAGING', 'MERGING')
                    or l.state = 'COMPLETED' and l.finished_at > now() - make_interval(secs => :window))
             order by l.target, l.state = 'COMPLETED', case when l.state = 'COMPLETED' then -l.id else l.id end
            """)
        .bind("window", WINDOW.toSeconds())
        .map(
            (row, context) ->
                new Situation(
                    Map.of("target", row.getString("target")),
                    row.getDouble("lag"),
                    "Load %d into %s is %s, %.0f s after its file came"
                        .formatted(
                            row.getLong("id"),
                            row.getString("target"),
                            row.getString("state"),
                            row.getDouble("lag"))))
        .list();
  }
}
