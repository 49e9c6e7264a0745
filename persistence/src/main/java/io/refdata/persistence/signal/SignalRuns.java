package io.refdata.persistence.signal;

import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.signal.SignalRun.State;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The runs of signals on record, in {@code curated.signal_run}. */
@Dependent
public class SignalRuns {
  private final Jdbi jdbi;

  @Inject
  public SignalRuns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * At most {@code limit} runs of a signal that are older than a given one, newest first.
   *
   * @param before the number of the given one; {@link Long#MAX_VALUE} begins with the newest
   * @throws NoSuchItem if there is no such signal
   */
  public List<SignalRun> list(Code signal, long before, int limit) {
    List<Optional<SignalRun>> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select r.id, r.state, r.cause, d.code as changed, r.load_id, r.result, r.rows, r.tries, r.started_at,
                               r.finished_at, r.message
                          from curated.signal s
                          left join lateral (
                               select o.*
                                 from curated.signal_run o
                                where o.signal = s.code and o.id < :before
                                order by o.id desc
                                limit :limit) r on true
                          left join curated.dataset d on d.id = coalesce(r.topic, s.source_id)
                         where s.code = :signal
                         order by r.id desc
                        """)
                    .bind("signal", signal.value())
                    .bind("before", before)
                    .bind("limit", limit)
                    .map((row, context) -> read(row))
                    .list());
    if (found.isEmpty()) {
      throw new NoSuchItem("signals", signal.value());
    }
    return found.stream().flatMap(Optional::stream).toList();
  }

  /** Empty for the row of a signal without runs. */
  private static Optional<SignalRun> read(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return state == null
        ? Optional.empty()
        : Optional.of(
            new SignalRun(
                row.getLong("id"),
                State.valueOf(state),
                row.getInt("cause"),
                row.getString("changed"),
                row.getObject("load_id", Long.class),
                row.getObject("result", Integer.class),
                row.getLong("rows"),
                row.getInt("tries"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row, "finished_at"),
                row.getString("message")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
