package io.refdata.persistence.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import io.refdata.domain.load.Load.Step;
import io.refdata.domain.load.LoadMode;
import io.refdata.persistence.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a load from a row of {@code raw.load} with its payload and its revision. */
final class LoadRow {

  private static final TypeReference<List<Step>> STEPS = new TypeReference<>() {};

  private LoadRow() {}

  static Load read(ResultSet row, StatementContext context) throws SQLException {
    return new Load(
        row.getLong("id"),
        row.getString("layout"),
        row.getString("target"),
        row.getString("definition"),
        LoadMode.valueOf(row.getString("mode")),
        row.getBoolean("dry_run"),
        State.valueOf(row.getString("state")),
        new Load.File(
            row.getString("name"),
            row.getLong("bytes"),
            HexFormat.of().formatHex(row.getBytes("sha256")),
            row.getString("path")),
        new Load.Rows(
            row.getLong("rows_read"),
            row.getLong("inserted"),
            row.getLong("revised"),
            row.getLong("unchanged"),
            row.getLong("deleted"),
            row.getLong("rejected"),
            row.getLong("ignored"),
            row.getLong("rounded")),
        row.getObject("staged", Long.class),
        row.getDouble("progress"),
        steps(row.getString("steps")),
        row.getDouble("max_reject_ratio"),
        row.getDouble("max_delete_ratio"),
        instant(row, "published_at"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "recorded_at"),
        instant(row, "ended_at"),
        row.getObject("rev", Integer.class),
        row.getObject("execution_id", Long.class),
        message(row),
        row.getString("by"),
        row.getString("reason"),
        row.getString("request_id"));
  }

  /** The message; for a load that has not ended, the trouble of its last try, if there is any. */
  private static @Nullable String message(ResultSet row) throws SQLException {
    String trouble = row.getString("trouble");
    return trouble == null || State.valueOf(row.getString("state")).ended()
        ? row.getString("message")
        : trouble;
  }

  private static List<Step> steps(String json) {
    try {
      return Json.MAPPER.readValue(json, STEPS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
