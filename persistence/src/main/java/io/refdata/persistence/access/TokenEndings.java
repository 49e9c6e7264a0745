package io.refdata.persistence.access;

import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The endings of tokens on record: {@code ref.token_ending}. */
@Dependent
public class TokenEndings {
  private static final long KEPT_SECONDS = Setting.ACCESS_ENDINGS_KEPT.time().toSeconds();

  private final Jdbi jdbi;

  @Inject
  public TokenEndings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** There are as many endings as there may be. */
  public static class TooManyEndings extends RuntimeException {
    TooManyEndings(long most) {
      super(
          "There are %,d endings, as many as %s allows; let the provider change its keys."
              .formatted(most, Setting.ACCESS_ENDINGS.property()));
    }
  }

  /**
   * Ends a token, or all of a subject that were issued until now: one of both is null.
   *
   * @throws TooManyEndings if there are as many as there may be
   */
  public TokenEnding end(
      @Nullable String subject, @Nullable String jti, @Nullable String reason, String by) {
    long most = Setting.ACCESS_ENDINGS.number();
    return jdbi.inTransaction(
        handle -> {
          // Another one that is made at the same time counts too.
          handle.execute("lock table ref.token_ending in share row exclusive mode");
          return handle
              .createQuery(
                  """
                  insert into ref.token_ending (by, subject, jti, reason)
                  select :by, :subject, :jti, :reason
                   where (select count(*) from ref.token_ending where at > now() - make_interval(secs => :kept)) < :most
                  returning id, at, by, subject, jti, reason
                  """)
              .bind("by", by)
              .bind("subject", subject)
              .bind("jti", jti)
              .bind("reason", reason)
              .bind("kept", KEPT_SECONDS)
              .bind("most", most)
              .map((row, context) -> read(row))
              .findOne()
              .orElseThrow(() -> new TooManyEndings(most));
        });
  }

  /**
   * Endings, the newest first.
   *
   * @param before only those with a smaller number; null to begin with the newest
   */
  public List<TokenEnding> list(@Nullable Long before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, at, by, subject, jti, reason
                      from ref.token_ending
                     where (cast(:before as bigint) is null or id < :before)
                     order by id desc
                     limit :limit
                    """)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  /** All that are young enough. */
  EndedTokens inForce() {
    return EndedTokens.of(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select id, at, by, subject, jti, reason
                          from ref.token_ending
                         where at > now() - make_interval(secs => :kept)
                        """)
                    .bind("kept", KEPT_SECONDS)
                    .map((row, context) -> read(row))
                    .list()));
  }

  private static TokenEnding read(ResultSet row) throws SQLException {
    return new TokenEnding(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("by"),
        row.getString("subject"),
        row.getString("jti"),
        row.getString("reason"));
  }
}
