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
 * The last loads of a dataset or collection failed. It ends with a load that does not fail, with a
 * restart, or after some time ({@code refdata.alerts.loads-within}).
 */
@Dependent
public class LoadFailed implements AlertRule {
  private static final Duration WITHIN = Setting.ALERTS_LOADS_WITHIN.time();

  @Override
  public Description description() {
    return new Description(
        "LOAD_FAILED",
        Scope.PLATFORM,
        "loads",
        Bounds.atLeast(1.0, 3.0).openAfter(Duration.ZERO),
        "/api/v1/loads");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return database
        .createQuery(
            """
            select l.target, count(*) as failures, max(l.id) as last,
                   (array_agg(coalesce(l.message, 'no message') order by l.id desc))[1] as message
              from raw.load l
             where l.state = 'FAILED' and not l.dry_run and l.finished_at > now() - :within * interval '1 s'
               and not exists (select from raw.load n
                                where n.target = l.target and n.id > l.id and not n.dry_run and n.state <> 'FAILED')
               and (l.target not like 'datasets/%'
                    or exists (select from curated.dataset d where l.target = 'datasets/' || d.code))
             group by l.target
             order by failures desc, l.target
            """)
        .bind("within", WITHIN.toSeconds())
        .map(
            (row, context) ->
                new Situation(
                    Map.of("target", row.getString("target")),
                    row.getLong("failures"),
                    "Load %d of %s failed: %s"
                        .formatted(
                            row.getLong("last"),
                            row.getString("target"),
                            row.getString("message"))))
        .list();
  }
}
