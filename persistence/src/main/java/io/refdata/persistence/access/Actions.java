package io.refdata.persistence.access;

import io.refdata.domain.revision.Author;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The actions on record: {@code performance_monitoring.action}. */
@Dependent
public class Actions {
  private final Jdbi jdbi;

  @Inject
  public Actions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Records that an action begins.
   *
   * @param action the name of its address
   * @param path its address
   * @return its number
   */
  public long begin(String action, String method, String path, Author author) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    insert into performance_monitoring.action (action, method, path, by, reason, request_id)
                    values (:action, :method, :path, :by, :reason, :request)
                    returning id
                    """)
                .bind("action", action)
                .bind("method", method)
                .bind("path", path)
                .bind("by", author.by())
                .bind("reason", author.reason())
                .bind("request", author.requestId())
                .mapTo(Long.class)
                .one());
  }

  /** Records how an action ended. */
  public void end(long id, int status) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update performance_monitoring.action set status = ? where id = ?", status, id));
  }

  /**
   * Actions, the newest first.
   *
   * @param by who asked for them; null for anybody
   * @param action the name of the address; null for any
   * @param before only those with a smaller number; null to begin with the newest
   */
  public List<Action> list(
      @Nullable String by, @Nullable String action, @Nullable Long before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, at, action, method, path, status, by, reason, request_id
                      from performance_monitoring.action
                     where (cast(:by as text) is null or by = :by)
                       and (cast(:action as text) is null or action = :action)
                       and (cast(:before as bigint) is null or id < :before)
                     order by id desc
                     limit :limit
                    """)
                .bind("by", by)
                .bind("action", action)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  private static Action read(ResultSet row) throws SQLException {
    return new Action(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("action"),
        row.getString("method"),
        row.getString("path"),
        row.getObject("status", Integer.class),
        row.getString("by"),
        row.getString("reason"),
        row.getString("request_id"));
  }
}
