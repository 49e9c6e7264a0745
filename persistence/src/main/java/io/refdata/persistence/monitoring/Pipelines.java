package io.refdata.persistence.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.domain.load.Load.Step;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.sql.SqlText;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The times of the loads of each layout. Each call is one statement. */
@Dependent
public class Pipelines {
  private static final SqlText SELECT =
      SqlText.of(
          """
          select y.code, l.id, l.target, l.received_at, l.started_at, l.finished_at, l.rows_read, l.steps::text as steps,
                 <parallel> as parallel
            from (select code from raw.layout
                   where code = coalesce(:layout, code) and code > :after
                   order by code limit :limit) y
            left join lateral (
                 select l.* from raw.load l
                  where l.layout = y.code and l.state = 'COMPLETED' and not l.dry_run and l.started_at is not null
                  order by l.id desc limit :loads) l on true
           order by y.code, l.id desc
          """);

  /**
   * The time that other loads ran within its own, by its own. Those that run together have arrived
   * within a thousand of each other.
   */
  private static final String PARALLEL =
      """
      (select 1 + coalesce(sum(extract(epoch from least(coalesce(o.finished_at, now()), l.finished_at)
                                                  - greatest(o.started_at, l.started_at))), 0)
                  / nullif(extract(epoch from l.finished_at - l.started_at), 0)
         from raw.load o
        where o.id between l.id - 1000 and l.id + 1000 and o.id <> l.id
          and o.started_at < l.finished_at and coalesce(o.finished_at, now()) > l.started_at)::double precision\
      """;

  private static final String NOT_COUNTED = "null::double precision";

  private final Jdbi jdbi;

  @Inject
  public Pipelines(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The pipelines of layouts, by name; how many loads ran at a time is not counted.
   *
   * @param layout the name of the only one; null for all
   * @param after the name after which to begin
   */
  public List<Pipeline> list(@Nullable String layout, String after, int limit) {
    return read(SELECT.with("parallel", NOT_COUNTED).text(), layout, after, limit);
  }

  /** The pipeline of a layout; empty if there is no such layout. */
  public Optional<Pipeline> find(String layout) {
    return read(SELECT.with("parallel", PARALLEL).text(), layout, "", 1).stream().findFirst();
  }

  private List<Pipeline> read(String sql, @Nullable String layout, String after, int limit) {
    Map<String, List<PipelineLoad>> loads = new LinkedHashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("layout", layout)
                .bind("after", after)
                .bind("limit", limit)
                .bind("loads", Setting.PIPELINE_LOADS.number())
                .map((row, context) -> add(row, loads))
                .forEach(code -> {}));
    return loads.entrySet().stream()
        .map(entry -> new Pipeline(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  private static String add(ResultSet row, Map<String, List<PipelineLoad>> loads)
      throws SQLException {
    String code = row.getString("code");
    List<PipelineLoad> ofLayout = loads.computeIfAbsent(code, name -> new ArrayList<>());
    if (row.getString("id") != null) {
      ofLayout.add(
          PipelineLoad.of(
              row.getLong("id"),
              row.getString("target"),
              instant(row, "received_at"),
              instant(row, "started_at"),
              instant(row, "finished_at"),
              row.getLong("rows_read"),
              row.getObject("parallel", Double.class),
              steps(row.getString("steps"))));
    }
    return code;
  }

  private static List<Step> steps(String json) {
    try {
      return List.of(Json.MAPPER.readValue(json, Step[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
