package io.refdata.persistence.rollup;

import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.sql.SqlText;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * SQL for one rollup of regions.
 *
 * @param position that of the region among the dimensions, from 0
 * @param indicator that of the indicator; null if there is none
 */
record RegionSql(Rollup rollup, int position, @Nullable Integer indicator) {
  /** Members have no first and last. */
  private static final String RULES =
      Stream.of(Aggregation.SUM, Aggregation.MEAN, Aggregation.MIN, Aggregation.MAX)
          .map(rule -> "'" + rule.name() + "'")
          .collect(Collectors.joining(", "));

  /** A member {@code s}, and the region {@code m} that it is one of. */
  private static final SqlText MEMBERS =
      SqlText.of(
          """
            join curated.series s on s.id = t.series_id
            join (select distinct split_part(l.link, ' ', 1) as whole, split_part(l.link, ' ', 2) as part
                    from curated.rollup r
                   cross join unnest(r.members) as l (link)
                   where r.id = <rollup>) m on m.part = s.dimensions[<at>]
          """);

  static RegionSql of(Handle handle, Rollup rollup) {
    return handle
        .createQuery(
            """
            select array_position(d.dimension_codes, r.dimension),
                   array_position(d.dimension_values, 'indicators')
              from curated.rollup r
              join curated.dataset d on d.id = r.dataset_id
             where r.id = ?
            """)
        .bind(0, rollup.id())
        .map(
            (row, context) ->
                new RegionSql(rollup, row.getInt(1) - 1, row.getObject(2, Integer.class)))
        .one();
  }

  /** Adds the series of regions that touched series of members belong to. */
  String createWholes() {
    return SqlText.of(
            """
            insert into curated.rollup_whole (rollup_id, key, dimensions, rule)
            select distinct <rollup>, array_to_string(w.dimensions, '.'), w.dimensions, <rule>
              from (select distinct series_id from touched_bucket where rollup_id = <rollup>) t
              <members>
             cross join lateral (select <whole> as dimensions) w
                on conflict (rollup_id, key) do nothing
            """)
        .with("rollup", rollup.id())
        .with("rule", rule("w"))
        .with("members", members())
        .with("whole", whole())
        .text();
  }

  /** The touched buckets of series of regions, by time. */
  String touched() {
    return SqlText.of(
            """
            select t.time, w.id, w.dimensions, w.rule
              from touched_bucket t
              join curated.rollup_whole w on w.id = t.whole_id
             where t.rollup_id = <rollup> and w.rule not in ('FIRST', 'LAST')
             union
            select t.time, w.id, w.dimensions, w.rule
              from touched_bucket t
              <members>
              join curated.rollup_whole w
                on w.rollup_id = <rollup> and w.key = array_to_string(<whole>, '.')
             where t.rollup_id = <rollup> and w.rule not in ('FIRST', 'LAST')
             order by 1, 2
            """)
        .with("rollup", rollup.id())
        .with("members", members())
        .with("whole", whole())
        .text();
  }

  /** Whether a series of a region has another rule by now, since an indicator has. */
  String hasOtherRules() {
    return SqlText.of(
            """
            select exists (select from curated.rollup_whole w
                            where w.rollup_id = <rollup> and w.rule <> <rule>)
            """)
        .with("rollup", rollup.id())
        .with("rule", rule("w"))
        .text();
  }

  private String members() {
    return MEMBERS.with("rollup", rollup.id()).with("at", position + 1).text();
  }

  private String whole() {
    return "s.dimensions[1 : %d] || m.whole || s.dimensions[%d : ]"
        .formatted(position, position + 2);
  }

  /** The rule for the members of a series with {@code dimensions}, as SQL. */
  private String rule(String series) {
    Aggregation all = rollup.aggregation();
    if (all != null) {
      return "'" + all.name() + "'";
    }
    if (indicator == null) {
      return "'" + Aggregation.SUM.name() + "'";
    }
    return """
    coalesce((select i.aggregation from ref.indicator i
               where i.code = %s.dimensions[%d] and i.aggregation in (%s)), 'SUM')\
    """
        .formatted(series, indicator, RULES);
  }
}
