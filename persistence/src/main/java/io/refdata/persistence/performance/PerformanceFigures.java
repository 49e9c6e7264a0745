package io.refdata.persistence.performance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.SqlText;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Figures of the running system that PostgreSQL's counters, records and plans have. */
@Dependent
public class PerformanceFigures {
  private static final JsonMapper JSON = new JsonMapper();

  /** Fewer scans or pages say nothing. */
  private static final int FEW = 100;

  private static final String YEAR =
      "make_timestamptz(:year, 1, 1, 0, 0, 0, 'UTC') as first, make_timestamptz(:year + 1, 1, 1, 0,"
          + " 0, 0, 'UTC') as next";

  private final Jdbi jdbi;

  @Inject
  public PerformanceFigures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A figure.
   *
   * @param detail what it was made of
   */
  public record Figure(double value, String detail) {}

  /**
   * The index scans to all scans of the large table where they are least; partitions of a dataset
   * are one table. Empty if no large table was read often.
   */
  public Optional<Figure> leastIndexScans() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select t.schema || '.' || t.root as name, sum(t.index_scans)::bigint as scans,
                           sum(t.index_scans + t.sequential_scans)::bigint as all_scans
                      from performance_monitoring.table_statistics t
                     where t.schema in ('ref', 'raw', 'curated')
                     group by t.schema, t.root
                    having sum(t.rows) >= :large and sum(t.index_scans + t.sequential_scans) >= :few
                     order by sum(t.index_scans)::double precision / sum(t.index_scans + t.sequential_scans), 1
                     limit 1
                    """)
                .bind("large", Setting.PERFORMANCE_LARGE_TABLE.number())
                .bind("few", FEW)
                .map(
                    (row, context) ->
                        new Figure(
                            (double) row.getLong(2) / row.getLong(3),
                            "%s: %,d of %,d scans"
                                .formatted(row.getString(1), row.getLong(2), row.getLong(3))))
                .findOne());
  }

  /** The pages that were found in PostgreSQL's memory, to all; empty if few were read. */
  public Optional<Figure> pagesInMemory() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select blks_hit, blks_hit + blks_read from pg_stat_database
                     where datname = current_database() and blks_hit + blks_read >= :few
                    """)
                .bind("few", FEW)
                .map((row, context) -> part(row.getLong(1), row.getLong(2), "pages"))
                .findOne());
  }

  /**
   * The datasets whose next partition is there, to all that make partitions ahead and have
   * observations; empty if there are none.
   */
  public Optional<Figure> partitionsAhead() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*) filter (where exists (
                             select from curated.partition p
                              where p.dataset_id = d.id and p.kind = 'VALUE' and p.lower > l.latest)), count(*)
                      from curated.dataset d
                     cross join lateral (
                           select max(s.latest) as latest from curated.series s where s.dataset_id = d.id) l
                     where d.premake > 0 and l.latest is not null
                    having count(*) > 0
                    """)
                .map((row, context) -> part(row.getLong(1), row.getLong(2), "datasets"))
                .findOne());
  }

  private static Figure part(long some, long all, String things) {
    return new Figure((double) some / all, "%,d of %,d %s".formatted(some, all, things));
  }

  /**
   * The partitions that a plan for a year of a dataset reads, to those that have the year; empty if
   * the dataset has no other partitions, since then there are none to leave out.
   *
   * @param dataset its code
   */
  public Optional<Figure> partitionsRead(String dataset, int year) {
    return Snapshot.ask(
        jdbi,
        handle ->
            handle
                .createQuery(
                    SqlText.of(
                            """
                            select d.id, count(*) filter (where p.lower < y.next and p.upper > y.first) as needed, count(*)
                              from (select <year>) y
                             cross join curated.dataset d
                              join curated.partition p on p.dataset_id = d.id and p.kind = 'VALUE'
                             where d.code = :dataset
                             group by d.id
                            having count(*) filter (where p.lower < y.next and p.upper > y.first) between 1 and count(*) - 1
                            """)
                        .with("year", YEAR)
                        .text())
                .bind("dataset", dataset)
                .bind("year", year)
                .map((row, context) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
                .findOne()
                .map(found -> read(handle, found, year)));
  }

  private static Figure read(Handle handle, List<Integer> found, int year) {
    int planned = planned(handle, found.get(0), year);
    return new Figure(
        (double) planned / found.get(1),
        "%d in the plan, %d have the year, %d in all"
            .formatted(planned, found.get(1), found.get(2)));
  }

  /** The tables in the plan, as somebody with psql would get it. */
  private static int planned(Handle handle, int dataset, int year) {
    String plan =
        handle
            .createQuery(
                SqlText.of(
                        """
                        explain (format json)
                        select o.time, o.value from curated.observation_<dataset> o
                         where o.dataset_id = <dataset> and o.series_id = 1
                           and o.time >= '<year>-01-01T00:00Z' and o.time < '<next>-01-01T00:00Z'
                        """)
                    .with("dataset", dataset)
                    .with("year", "%04d".formatted(year))
                    .with("next", "%04d".formatted(year + 1))
                    .text())
            .mapTo(String.class)
            .one();
    try {
      List<JsonNode> tables = JSON.readTree(plan).findValues("Relation Name");
      return (int) tables.stream().distinct().count();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
