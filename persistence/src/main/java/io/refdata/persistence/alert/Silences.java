package io.refdata.persistence.alert;

import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The silences: {@code performance_monitoring.alert_silence}. */
@Dependent
public class Silences {
  private static final long MOST = Setting.ALERTS_SILENCES.number();

  private final Jdbi jdbi;

  @Inject
  public Silences(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Those that have not ended, the newest first.
   *
   * @param before the id that the page begins after; null for the first page
   */
  public List<Silence> list(@Nullable UUID before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, created_at, until, matchers, reason, author
                      from performance_monitoring.alert_silence
                     where until > now() and (cast(:before as uuid) is null or id < cast(:before as uuid))
                     order by id desc
                     limit :limit
                    """)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  /** The silence of an id, unless it has ended. */
  public Optional<Silence> find(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, created_at, until, matchers, reason, author
                      from performance_monitoring.alert_silence
                     where id = :id and until > now()
                    """)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
  }

  /**
   * Begins a silence.
   *
   * @return empty if there are as many as there may be
   */
  public Optional<Silence> begin(
      Map<String, String> matchers, Instant until, String reason, String author) {
    return jdbi.inTransaction(
        handle -> {
          // Another one that begins at the same time counts too.
          handle.execute(
              "lock table performance_monitoring.alert_silence in share row exclusive mode");
          return handle
              .createQuery(
                  """
                  insert into performance_monitoring.alert_silence (until, matchers, reason, author)
                  select :until, cast(:matchers as jsonb), :reason, :author
                   where (select count(*) from performance_monitoring.alert_silence where until > now()) < :most
                  returning id, created_at, until, matchers, reason, author
                  """)
              .bind("until", until.atOffset(ZoneOffset.UTC))
              .bind("matchers", LabelsJson.write(matchers))
              .bind("reason", reason)
              .bind("author", author)
              .bind("most", MOST)
              .map((row, context) -> read(row))
              .findOne();
        });
  }

  /**
   * Ends a silence now.
   *
   * @return false if there is none of that id
   */
  public boolean end(UUID id) {
    return jdbi.withHandle(
            handle ->
                handle.execute(
                    """
                    update performance_monitoring.alert_silence set until = now()
                     where id = ? and until > now()
                    """,
                    id))
        > 0;
  }

  /** Those that hold at an instant, the longest first. */
  static List<Silence> at(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select id, created_at, until, matchers, reason, author
              from performance_monitoring.alert_silence
             where until > :now
             order by until desc, id
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .list();
  }

  /** The silence that keeps an alert from being sent, the longest first. */
  static Optional<Silence> of(Map<String, String> labels, List<Silence> silences) {
    return silences.stream().filter(silence -> silence.matches(labels)).findFirst();
  }

  private static Silence read(ResultSet row) throws SQLException {
    return new Silence(
        row.getObject("id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("until", OffsetDateTime.class).toInstant(),
        LabelsJson.read(row.getString("matchers")),
        row.getString("reason"),
        row.getString("author"));
  }
}
