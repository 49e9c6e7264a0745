package io.refdata.perf.rival;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rival's daily values of a series of one dimension and without a unit, in one statement. Its
 * text holds the days, so that its plan knows the only partition; each text is prepared once.
 */
final class SeriesAnswers {
  private static final int BYTES = 16_384;

  private static final String SQL =
      """
      select o.time, o.value, o.status
        from curated.series s
        join curated.observation_%1$d o on o.dataset_id = %1$d and o.series_id = s.id
         and o.time >= '%2$s 00:00:00Z' and o.time < '%3$s 00:00:00Z'
       where s.dataset_id = %1$d and s.key = $1
       order by o.time
      """;

  private final PgConnection connection;
  private final int dataset;
  private final Map<String, String> statements = new HashMap<>();

  /** The texts of days, which would be made anew for each response. */
  private final Map<OffsetDateTime, String> days = new HashMap<>();

  SeriesAnswers(PgConnection connection, int dataset) {
    this.connection = connection;
    this.dataset = dataset;
  }

  /**
   * The values of a series.
   *
   * @param from the first day
   * @param to the last day
   */
  Future<Buffer> year(String key, String from, String to) {
    String sql = statements.computeIfAbsent(from + to, range -> sql(from, to));
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(key))
        .map(rows -> RowJson.bytes(BYTES, json -> series(json, key, rows)));
  }

  private String sql(String from, String to) {
    return SQL.formatted(dataset, LocalDate.parse(from), LocalDate.parse(to).plusDays(1));
  }

  private void series(JsonGenerator json, String key, RowSet<Row> rows) throws IOException {
    List<@Nullable Double> values = new ArrayList<>(rows.size());
    List<String> statuses = new ArrayList<>(rows.size());
    json.writeStartObject();
    json.writeArrayFieldStart("series");
    json.writeStartObject();
    json.writeStringField("key", key);
    json.writeObjectFieldStart("dimensions");
    json.writeStringField("indicator", key);
    json.writeEndObject();
    json.writeNullField("unit");
    json.writeArrayFieldStart("time");
    for (Row row : rows) {
      json.writeString(
          days.computeIfAbsent(row.getOffsetDateTime(0), day -> day.toLocalDate().toString()));
      values.add(row.getDouble(1));
      statuses.add(row.getString(2));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("value");
    for (Double value : values) {
      if (value == null) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("status");
    for (String status : statuses) {
      json.writeString(status);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeNullField("next");
    json.writeEndObject();
  }
}
