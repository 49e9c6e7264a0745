package io.refdata.persistence.export;

import io.refdata.persistence.export.Export.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A row of {@code curated.export}. */
final class ExportRow {
  /** The columns that {@link #read} takes. */
  static final String COLUMNS =
      """
      e.id, e.dataset, e.format, e.query, e.state, e.as_of, e.rows, e.bytes, e.sha256, e.path, e.tries, \
      e.requested_at, e.started_at, e.finished_at, e.expires_at, e.message, e.by\
      """;

  private ExportRow() {}

  static Export read(ResultSet row, StatementContext context) throws SQLException {
    byte[] sha256 = row.getBytes("sha256");
    return new Export(
        row.getLong("id"),
        row.getString("dataset"),
        row.getString("format"),
        row.getString("query"),
        State.valueOf(row.getString("state")),
        row.getObject("as_of", OffsetDateTime.class).toInstant(),
        row.getLong("rows"),
        row.getLong("bytes"),
        sha256 == null ? null : HexFormat.of().formatHex(sha256),
        row.getString("path"),
        row.getInt("tries"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        instant(row, "expires_at"),
        row.getString("message"),
        row.getString("by"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
