package io.refdata.persistence.observation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.SqlText;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The times at which a series changed. It takes two statements in one snapshot. Not to be called in
 * a transaction.
 */
@Dependent
public class Vintages {
  private static final String NAME = "Vintages.read";
  private static final SqlText EVENTS =
      SqlText.of(
          """
          with versions as (
            select o.time, o.rev, null::integer as superseded_by
              from <values> o
             where o.dataset_id = ? and o.series_id = ?
            union all
            select o.time, o.rev, o.superseded_by
              from <vintages> o
             where o.dataset_id = ? and o.series_id = ?),
          events as (
            select v.rev, case when p.rev is null then 'I' else 'R' end as action
              from versions v
              left join versions p on p.time = v.time and p.superseded_by = v.rev
            union all
            select v.superseded_by, 'D'
              from versions v
              left join versions n on n.time = v.time and n.rev = v.superseded_by
             where v.superseded_by is not null and n.rev is null)
          select r.rev, r.at, coalesce(r.published_at, r.at), r.load_id,
                 count(*) filter (where e.action = 'I'),
                 count(*) filter (where e.action = 'R'),
                 count(*) filter (where e.action = 'D')
            from events e
            join ref.revision r on r.rev = e.rev
           where r.rev <= coalesce(?, r.rev)
           group by r.rev
           order by r.rev desc
          """);

  private final Jdbi jdbi;

  @Inject
  public Vintages(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A revision that changed a series.
   *
   * @param at the instant from which {@code asOf} sees it
   * @param publishedAt when the provider published the change; {@code at} if the sender did not say
   * @param load the load that made the change; null if it was not a load
   */
  public record Vintage(
      int revision,
      Instant at,
      Instant publishedAt,
      @Nullable Long load,
      long inserted,
      long revised,
      long deleted) {}

  /**
   * All vintages of the series of a key, the latest first; empty if there is no such series.
   *
   * @param asOf the last revision of the dataset to include; null for all
   * @throws io.refdata.domain.dataset.RetiredObservations if retention has removed observations of
   *     the series since that revision
   */
  public Optional<List<Vintage>> of(Dataset dataset, String key, @Nullable Integer asOf)
      throws IOException {
    return Snapshot.read(
        jdbi,
        connection -> {
          SeriesSql.Selected selected = SeriesSql.ofKey(connection, dataset, key, asOf);
          return selected.series().isEmpty()
              ? Optional.empty()
              : Optional.of(read(connection, dataset, selected, asOf));
        });
  }

  private static List<Vintage> read(
      Connection connection, Dataset dataset, SeriesSql.Selected selected, @Nullable Integer asOf)
      throws SQLException {
    int series = selected.series().get(0).id();
    Instant first = selected.series().get(0).first();
    if (first != null) {
      selected.partitions().requireWhole(first, asOf);
    }
    List<Partition> partitions =
        selected
            .partitions()
            .over(
                Observations.bound(selected.series(), true),
                Observations.bound(selected.series(), false));
    String sql =
        EVENTS
            .with("values", LeafTables.values(partitions))
            .with("vintages", LeafTables.vintages(partitions))
            .text();
    List<Vintage> vintages = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(StatementName.tag(sql, NAME))) {
      statement.setObject(1, dataset.id());
      statement.setInt(2, series);
      statement.setObject(3, dataset.id());
      statement.setInt(4, series);
      statement.setObject(5, asOf, Types.INTEGER);
      try (ResultSet rows = Statements.query(NAME, statement)) {
        while (rows.next()) {
          vintages.add(
              new Vintage(
                  rows.getInt(1),
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  rows.getObject(3, OffsetDateTime.class).toInstant(),
                  rows.getObject(4, Long.class),
                  rows.getLong(5),
                  rows.getLong(6),
                  rows.getLong(7)));
        }
      }
    }
    return vintages;
  }
}
