package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A load neither goes on nor ends. The database has no time of its last progress, so this remembers
 * when it saw a load go on last; of a load that never began, it is the time when it came. A load
 * that waits for another one of the same target is not stuck.
 */
@ApplicationScoped
public class LoadStuck implements AlertRule {
  private Map<Long, Seen> seen = new HashMap<>();

  private record Found(long id, String target, String state, Instant received, String progress) {}

  private record Seen(String progress, Instant since) {}

  @Override
  public Description description() {
    return new Description(
        "LOAD_STUCK", Scope.PLATFORM, "seconds", Bounds.atLeast(900.0, 3_600.0), "/api/v1/loads");
  }

  @Override
  public synchronized List<Situation> evaluate(Handle database) {
    Instant now = Instant.now();
    Map<Long, Seen> still = new HashMap<>();
    List<Situation> situations = new ArrayList<>();
    for (Found load : unfinished(database)) {
      Seen before = seen.get(load.id());
      Instant since = now;
      if (load.progress().isEmpty()) {
        since = load.received();
      } else if (before != null && before.progress().equals(load.progress())) {
        since = before.since();
      }
      still.put(load.id(), new Seen(load.progress(), since));
      Duration time = Duration.between(since, now);
      situations.add(
          new Situation(
              Map.of("load", Long.toString(load.id()), "target", load.target()),
              time.toMillis() / 1e3,
              "Load %d of %s is %s and has not gone on for %d seconds"
                  .formatted(load.id(), load.target(), load.state(), time.toSeconds())));
    }
    seen = still;
    return situations;
  }

  private static List<Found> unfinished(Handle database) {
    return database
        .createQuery(
            """
            select l.id, l.target, l.state, l.received_at,
                   case when l.started_at is null and l.state = 'RECEIVED' then ''
                        else concat_ws(' ', l.state, l.rows_read, l.progress, l.staged, l.steps) end as progress
              from raw.load l
             where l.state in ('RECEIVED', 'STAGING', 'MERGING')
               and not exists (select from raw.load e
                                where e.target = l.target and e.id < l.id and e.state in ('RECEIVED', 'STAGING', 'MERGING'))
             order by l.id
            """)
        .map((row, context) -> found(row))
        .list();
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getLong("id"),
        row.getString("target"),
        row.getString("state"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        row.getString("progress"));
  }
}
