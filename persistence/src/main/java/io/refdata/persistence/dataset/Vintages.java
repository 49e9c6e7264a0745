package io.refdata.persistence.dataset;

import io.refdata.dataset.Dataset;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** When what was known of a series changed. */
@Dependent
public class Vintages {
  private final Jdbi jdbi;

  @Inject
  public Vintages(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An instant at which something in a series changed.
   *
   * @param at from when on {@code asOf} sees it
   * @param load the load that did it; null if it was none
   */
  public record Vintage(
      int revision, Instant at, @Nullable Long load, long inserted, long revised, long deleted) {}

  /**
   * All of them of the series of a key, the latest first; empty if there is no such series.
   *
   * @param asOf those up to this revision of the dataset; null for all
   */
  public Optional<List<Vintage>> of(Dataset dataset, String key, @Nullable Integer asOf) {
    int id = Objects.requireNonNull(dataset.id());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id, first, last from curated.series where dataset_id = :dataset and key"
                        + " = :key")
                .bind("dataset", id)
                .bind("key", key)
                .mapToMap()
                .findOne()
                .map(
                    series ->
                        handle
                            .createQuery(
                                """
                                with versions as (
                                  select time, rev, null::integer as superseded_by
                                    from curated.observation
                                   where dataset_id = :dataset and series_id = :id and time between :first and :last
                                  union all
                                  select time, rev, superseded_by
                                    from curated.observation_vintage
                                   where dataset_id = :dataset and series_id = :id and time between :first and :last),
                                events as (
                                  select v.rev, case when p.rev is null then 'I' else 'R' end as action
                                    from versions v
                                    left join versions p on p.time = v.time and p.superseded_by = v.rev
                                  union all
                                  select v.superseded_by, 'D'
                                    from versions v
                                    left join versions n on n.time = v.time and n.rev = v.superseded_by
                                   where v.superseded_by is not null and n.rev is null)
                                select r.rev, r.at, r.load_id,
                                       count(*) filter (where e.action = 'I'),
                                       count(*) filter (where e.action = 'R'),
                                       count(*) filter (where e.action = 'D')
                                  from events e
                                  join ref.revision r on r.rev = e.rev
                                 where r.rev <= coalesce(:asOf, r.rev)
                                 group by r.rev
                                 order by r.rev desc
                                """)
                            .bind("dataset", id)
                            .bindMap(series)
                            .bindByType("asOf", asOf, Integer.class)
                            .map(
                                (row, context) ->
                                    new Vintage(
                                        row.getInt(1),
                                        row.getObject(2, OffsetDateTime.class).toInstant(),
                                        row.getObject(3, Long.class),
                                        row.getLong(4),
                                        row.getLong(5),
                                        row.getLong(6)))
                            .list()));
  }
}
