package io.refdata.persistence.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.domain.quality.OddValue;
import io.refdata.domain.quality.QualityFigures;
import io.refdata.domain.quality.QualityScore;
import io.refdata.persistence.json.Json;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The stored qualities of loads, in {@code performance_monitoring.load_quality}. */
@Dependent
public class LoadQualities {
  private static final String LIST =
      """
      select d.code, q.load_id, q.score, q.figures, q.at, r.at as recorded_at, b.score as before, b.figures as figures_before,
             (select count(*) from performance_monitoring.anomaly a
               where a.dataset_id = d.id and a.state = 'OPEN') as open
        from curated.dataset d
        join lateral (
             select q.* from performance_monitoring.load_quality q
              where q.dataset_id = d.id and q.figures is not null and q.load_id = coalesce(:load, q.load_id)
              order by q.load_id desc limit 1) q on true
        left join lateral (
             select b.score, b.figures from performance_monitoring.load_quality b
              where b.dataset_id = d.id and b.load_id < q.load_id and b.score is not null
              order by b.load_id desc limit 1) b on true
        join ref.revision r on r.rev = q.rev
       where d.code = coalesce(:dataset, d.code) and d.code > :after
       order by d.code
       limit :limit
      """;

  private final Jdbi jdbi;

  @Inject
  public LoadQualities(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The quality of a dataset as of a load.
   *
   * @param load the load
   * @param recorded when readers saw its data
   * @param judged when it was judged, or an anomaly of it marked since
   * @param score from 0 to 100; null if there was nothing to judge
   * @param before the score of the load before; null if there is none
   * @param figuresBefore those of the load before; null if there is none
   * @param openAnomalies the open anomalies of the dataset, whatever load they came with
   */
  public record DatasetQuality(
      String dataset,
      long load,
      Instant recorded,
      Instant judged,
      @Nullable Double score,
      @Nullable Double before,
      long openAnomalies,
      QualityFigures figures,
      @Nullable QualityFigures figuresBefore) {

    /**
     * By how much the quality is below that of the load before, by the parts that both loads have;
     * below 0 if it rose, null if unknown.
     */
    public @Nullable Double drop() {
      return figuresBefore == null ? null : QualityScore.drop(figuresBefore, figures);
    }
  }

  /** The latest quality of the first datasets, by code. */
  static List<DatasetQuality> first(Handle handle, int limit) {
    return list(handle, null, null, "", limit);
  }

  /** The latest quality of each dataset, by code. */
  public static List<DatasetQuality> latest(Handle handle) {
    return list(handle, null, null, "", null);
  }

  /**
   * The qualities of datasets, by code.
   *
   * @param dataset the code of the only one; null for all
   * @param load the load as of which; null for the latest of each dataset
   * @param after the code after which to begin
   * @param limit the most of them; null for all
   */
  public List<DatasetQuality> list(
      @Nullable String dataset, @Nullable Long load, String after, @Nullable Integer limit) {
    return jdbi.withHandle(handle -> list(handle, dataset, load, after, limit));
  }

  private static List<DatasetQuality> list(
      Handle handle,
      @Nullable String dataset,
      @Nullable Long load,
      String after,
      @Nullable Integer limit) {
    return handle
        .createQuery(LIST)
        .bind("dataset", dataset)
        .bind("load", load)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static DatasetQuality read(ResultSet row) throws SQLException {
    return new DatasetQuality(
        row.getString("code"),
        row.getLong("load_id"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("score", Double.class),
        row.getObject("before", Double.class),
        row.getLong("open"),
        figures(row.getString("figures")),
        row.getString("figures_before") == null ? null : figures(row.getString("figures_before")));
  }

  private static QualityFigures figures(String json) {
    try {
      return Json.MAPPER.readValue(json, QualityFigures.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String json(QualityFigures figures) {
    try {
      return Json.MAPPER.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The loads that are to be judged, in the order of their merges. */
  List<PendingLoad> pending() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select l.id, d.id as dataset, d.code, d.frequency, l.rev, l.rows_read as read, l.rejected,
                           (select count(*) from staging.reject r
                             where r.load_id = l.id and r.code = 'DUPLICATE_IN_FILE') as duplicates
                      from raw.load l
                      join ref.revision v on v.rev = l.rev
                      join curated.dataset d on d.id = v.topic
                      left join performance_monitoring.load_quality q on q.load_id = l.id
                     where l.state = 'COMPLETED' and not l.dry_run and l.target = 'datasets/' || d.code
                       and l.finished_at > now() - make_interval(secs => :lookBack)
                       and (q.load_id is null or q.figures is null and q.tries < :tries)
                     order by l.rev
                     limit :loads
                    """)
                .bind("lookBack", Setting.QUALITY_LOOK_BACK.time().toSeconds())
                .bind("tries", Setting.QUALITY_TRIES.number())
                .bind("loads", Setting.QUALITY_LOADS.number())
                .map(ConstructorMapper.of(PendingLoad.class))
                .list());
  }

  /** Stores the quality of a load with its anomalies. */
  void write(PendingLoad load, QualityFigures figures, @Nullable Double score, List<OddValue> odd) {
    jdbi.useTransaction(
        handle -> {
          Anomalies.write(handle, load, odd);
          store(handle, load, figures, score, null);
        });
  }

  /** Stores that a load could not be judged. */
  void failed(PendingLoad load, String failure) {
    jdbi.useHandle(handle -> store(handle, load, null, null, failure));
  }

  private static void store(
      Handle handle,
      PendingLoad load,
      @Nullable QualityFigures figures,
      @Nullable Double score,
      @Nullable String failure) {
    handle
        .createUpdate(
            """
            insert into performance_monitoring.load_quality as q (load_id, dataset_id, rev, score, figures, failure)
            values (:load, :dataset, :rev, :score, :figures, :failure)
            on conflict (load_id) do update
               set at = excluded.at, tries = q.tries + 1, score = excluded.score, figures = excluded.figures,
                   failure = excluded.failure
            """)
        .bind("load", load.id())
        .bind("dataset", load.dataset())
        .bind("rev", load.rev())
        .bind("score", score)
        .bind("figures", figures == null ? null : json(figures))
        .bind("failure", failure)
        .execute();
  }

  /** Computes the score of a load anew, after marks of its anomalies have changed. */
  static void score(Handle handle, long load) {
    handle
        .createQuery(
            """
            select q.figures from performance_monitoring.load_quality q
             where q.load_id = :load and q.figures is not null
               for update
            """)
        .bind("load", load)
        .mapTo(String.class)
        .findOne()
        .ifPresent(
            stored -> {
              long right =
                  handle
                      .createQuery(
                          "select count(*) from performance_monitoring.anomaly where load_id ="
                              + " :load and state = 'RIGHT'")
                      .bind("load", load)
                      .mapTo(Long.class)
                      .one();
              QualityFigures figures = figures(stored).withRight(right);
              handle
                  .createUpdate(
                      """
                      update performance_monitoring.load_quality
                         set at = clock_timestamp(), score = :score, figures = :figures
                       where load_id = :load
                      """)
                  .bind("score", QualityScore.of(figures).total())
                  .bind("figures", json(figures))
                  .bind("load", load)
                  .execute();
            });
  }
}
