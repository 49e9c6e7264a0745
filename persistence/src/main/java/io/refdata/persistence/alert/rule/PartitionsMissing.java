package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.upkeep.PartitionUpkeep;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A dataset lacks partitions ahead of its latest observation, although the task that creates them
 * has run since, or is overdue.
 */
@Dependent
public class PartitionsMissing implements AlertRule {

  @Override
  public Description description() {
    return new Description(
        "PARTITIONS_MISSING",
        Scope.PLATFORM,
        "partitions",
        Bounds.atLeast(1.0, null),
        "/api/v1/database/partitions");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    // Written to since the task began: it is the next run's to create them.
    return database
        .createQuery(
            """
            with task as (
              select coalesce(max(s.began_at), '-infinity') as began,
                     coalesce(max(s.due_at), 'infinity') < now() - interval '10 minutes' as overdue
                from performance_monitoring.schedule s
               where s.task = :task),
            dataset as (
              select d.id, d.code, d.interval, d.premake,
                     case d.interval when 'QUARTER' then interval '3 months' else ('1 ' || d.interval)::interval end as span,
                     (select max(s.latest) from curated.series s where s.dataset_id = d.id) as latest,
                     (select max(r.at) from curated.partition p join ref.revision r on r.rev = p.rev
                       where p.dataset_id = d.id) as written,
                     (select count(*) from curated.partition p where p.dataset_id = d.id and p.kind = 'VALUE') as partitions
                from curated.dataset d)
            select d.code, count(*) as missing, d.premake
              from dataset d
             cross join task t
             cross join lateral generate_series(1, d.premake) n
             cross join lateral (
               select (date_trunc(d.interval, d.latest at time zone 'UTC') + n * d.span) at time zone 'UTC' as start) a
             where d.latest is not null and d.partitions < :most and (coalesce(d.written, '-infinity') < t.began or t.overdue)
               and not exists (select from curated.partition p
                                where p.dataset_id = d.id and p.kind = 'VALUE' and p.lower <= a.start and p.upper > a.start)
             group by d.code, d.premake
             order by missing desc, d.code
            """)
        .bind("task", PartitionUpkeep.NAME)
        .bind("most", PartitionTables.MOST)
        .map(
            (row, context) ->
                new Situation(
                    Map.of("dataset", row.getString("code")),
                    row.getLong("missing"),
                    "Dataset %s lacks %d of the %d partitions ahead of its latest observation"
                        .formatted(
                            row.getString("code"), row.getLong("missing"), row.getInt("premake"))))
        .list();
  }
}
