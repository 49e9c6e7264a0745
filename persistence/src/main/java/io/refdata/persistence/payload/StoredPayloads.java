package io.refdata.persistence.payload;

import io.refdata.persistence.Causes;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The payloads on record, in {@code raw.payload}. Each call is one statement. */
@Dependent
public class StoredPayloads {
  /** The index is asked first: else PostgreSQL would read the newest pushes one after the other. */
  private static final String CONTAINING =
      """
      (with containing as materialized (
         select id, bytes from raw.payload where content @> cast(:contained as jsonb))
       select id, bytes from containing where id < :before)\
      """;

  private static final String ALL =
      "(select id, bytes from raw.payload where content is not null and id < :before)";

  /** SQLSTATE class 22: a value is out of the range of its type. */
  private static final String DATA = "22";

  private final Jdbi jdbi;

  @Inject
  public StoredPayloads(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The file of a load; empty if there is no such load. */
  public Optional<LoadPayload> ofLoad(long load) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select p.path, p.name, p.media_type, p.coding, p.bytes, p.sha256, p.removed_at, p.removed_because
                      from raw.load l
                      join raw.payload p on p.id = l.payload_id
                     where l.id = :load
                    """)
                .bind("load", load)
                .map(StoredPayloads::payload)
                .findOne());
  }

  private static LoadPayload payload(ResultSet row, StatementContext context) throws SQLException {
    String because = row.getString("removed_because");
    return new LoadPayload(
        row.getString("path"),
        row.getString("name"),
        row.getString("media_type"),
        row.getString("coding"),
        row.getLong("bytes"),
        HexFormat.of().formatHex(row.getBytes("sha256")),
        instant(row, "removed_at"),
        because == null ? null : Removal.valueOf(because));
  }

  /**
   * A page of pushes, newest first.
   *
   * @param contained a JSON object that a row of each push contains; null for all pushes
   * @param before the number of the last push of the page before; {@link Long#MAX_VALUE} for the
   *     first page
   * @param limit the most pushes
   * @param room the most bytes of their JSON together; one push may have more
   */
  public record Selection(@Nullable String contained, long before, int limit, long room) {}

  /**
   * The pushes of a page.
   *
   * @param more whether others follow
   */
  public record Page(List<Push> pushes, boolean more) {}

  /**
   * Reads a page of pushes.
   *
   * @throws IncomparableJson if the database cannot compare what they are to contain
   */
  public Page pushes(Selection selection) {
    try {
      return jdbi.withHandle(
          handle -> {
            Query query = handle.createQuery(sql(selection));
            if (selection.contained() != null) {
              query.bind("contained", "[" + selection.contained() + "]");
            }
            List<Found> found =
                query
                    .bind("before", selection.before())
                    .bind("most", selection.limit() + 1)
                    .bind("limit", selection.limit())
                    .bind("room", selection.room())
                    .map(StoredPayloads::push)
                    .list();
            List<Push> pushes = found.stream().map(Found::push).toList();
            return new Page(pushes, !found.isEmpty() && found.get(0).candidates() > pushes.size());
          });
    } catch (UnableToExecuteStatementException e) {
      throw Causes.of(e).anyMatch(StoredPayloads::isData) ? new IncomparableJson(e) : e;
    }
  }

  private record Found(Push push, int candidates) {}

  /** The JSON is read of the pushes of the page only. */
  static String sql(Selection selection) {
    return SqlText.of(
            """
            with candidate as materialized (
              select id, sum(bytes) over newest as bytes_so_far, row_number() over newest as n
                from (select id, bytes from <found> found order by id desc limit :most) newest_found
              window newest as (order by id desc))
            select p.id, p.received_at, p.bytes, p.target, p.content, (select count(*) from candidate) as candidates
              from candidate c
              join raw.payload p on p.id = c.id
             where c.n <= :limit and (c.n = 1 or c.bytes_so_far <= :room)
             order by p.id desc
            """)
        .with("found", selection.contained() == null ? ALL : CONTAINING)
        .text();
  }

  private static Found push(ResultSet row, StatementContext context) throws SQLException {
    return new Found(
        new Push(
            row.getLong("id"),
            row.getObject("received_at", OffsetDateTime.class).toInstant(),
            row.getLong("bytes"),
            row.getString("target"),
            row.getString("content")),
        row.getInt("candidates"));
  }

  private static boolean isData(Throwable cause) {
    return cause instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().startsWith(DATA);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
