package io.refdata.persistence.export;

import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The queue of exports that are to be written. A server claims one for some seconds and renews its
 * claim until the file is there. If it dies, its claim runs out, and another server begins again.
 * Each call is one statement.
 */
@Dependent
public class ExportQueue {
  private final Jdbi jdbi;
  private final Bounds bounds;

  /**
   * @param lease how long a claim lasts
   * @param tries after so many an export fails
   * @param bytes of all files together
   * @param kept how long what has ended is kept
   */
  record Bounds(Duration lease, int tries, long bytes, Duration kept) {}

  @Inject
  public ExportQueue(Jdbi jdbi) {
    this(
        jdbi,
        new Bounds(
            Setting.EXPORTS_LEASE.time(),
            (int) Setting.EXPORTS_TRIES.number(),
            Setting.EXPORTS_BYTES.number(),
            Setting.EXPORTS_KEPT.time()));
  }

  ExportQueue(Jdbi jdbi, Bounds bounds) {
    this.jdbi = jdbi;
    this.bounds = bounds;
  }

  /** Claims at most so many exports, the oldest first. Those that were tried too often fail. */
  public List<Export> claim(int most) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update curated.export
                       set state = 'FAILED', rows = 0, bytes = 0, finished_at = clock_timestamp(),
                           expires_at = clock_timestamp() + interval '1 ms' * :kept, claimed_until = null,
                           message = format('It was begun %s times and came to no end.', tries)
                     where state in ('WAITING', 'RUNNING') and tries >= :tries
                       and (claimed_until is null or claimed_until < clock_timestamp())
                    """)
                .bind("kept", bounds.kept().toMillis())
                .bind("tries", bounds.tries())
                .execute());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    Exports.sql(
                        """
                        update curated.export e
                           set state = 'RUNNING', rows = 0, bytes = 0, tries = tries + 1, path = gen_random_uuid()::text,
                               started_at = coalesce(started_at, clock_timestamp()),
                               claimed_until = clock_timestamp() + interval '1 ms' * :lease
                         where e.id in (
                           select d.id
                             from curated.export d
                            where d.state in ('WAITING', 'RUNNING')
                              and (d.claimed_until is null or d.claimed_until < clock_timestamp())
                            order by d.id
                            limit :most
                              for update skip locked)
                        returning <columns>
                        """))
                .bind("lease", bounds.lease().toMillis())
                .bind("most", most)
                .map(ExportRow::read)
                .list());
  }

  /**
   * Renews a claim, and records how far the file is.
   *
   * @return the bytes that all files together may still get, less than 0 if they have too many;
   *     empty if the claim is lost: the export was deleted, or another server has begun again
   */
  public Optional<Long> renew(Export claimed, long bytes) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update curated.export
                       set claimed_until = clock_timestamp() + interval '1 ms' * :lease, bytes = :bytes
                     where id = :id and tries = :tries and path = :path and state = 'RUNNING'
                    returning :most - :bytes
                              - (select coalesce(sum(o.bytes), 0)::bigint from curated.export o where o.id <> :id)
                    """)
                .bind("lease", bounds.lease().toMillis())
                .bind("bytes", bytes)
                .bind("id", claimed.id())
                .bind("tries", claimed.tries())
                .bind("path", claimed.path())
                .bind("most", bounds.bytes())
                .mapTo(Long.class)
                .findOne());
  }

  /**
   * Records that the file is there.
   *
   * @return false if the claim is lost: then nobody will ask for the file
   */
  public boolean complete(Export claimed, long rows, long bytes, byte[] sha256) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        update curated.export
                           set state = 'COMPLETED', rows = :rows, bytes = :bytes, sha256 = :sha256, claimed_until = null,
                               finished_at = clock_timestamp(), expires_at = clock_timestamp() + interval '1 ms' * :kept
                         where id = :id and tries = :tries and path = :path and state = 'RUNNING'
                        """)
                    .bind("rows", rows)
                    .bind("bytes", bytes)
                    .bind("sha256", sha256)
                    .bind("kept", bounds.kept().toMillis())
                    .bind("id", claimed.id())
                    .bind("tries", claimed.tries())
                    .bind("path", claimed.path())
                    .execute())
        > 0;
  }

  /** Records that no file can be made, and why. */
  public void fail(Export claimed, String message) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update curated.export
                       set state = 'FAILED', rows = 0, bytes = 0, message = :message, claimed_until = null,
                           finished_at = clock_timestamp(), expires_at = clock_timestamp() + interval '1 ms' * :kept
                     where id = :id and tries = :tries and path = :path and state = 'RUNNING'
                    """)
                .bind("message", message)
                .bind("kept", bounds.kept().toMillis())
                .bind("id", claimed.id())
                .bind("tries", claimed.tries())
                .bind("path", claimed.path())
                .execute());
  }

  /** Gives a claim back, since the server shuts down in order: that is no try. */
  public void release(Export claimed) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update curated.export
                   set state = 'WAITING', rows = 0, bytes = 0, tries = tries - 1, claimed_until = null
                 where id = ? and tries = ? and path = ? and state = 'RUNNING'
                """,
                claimed.id(),
                claimed.tries(),
                claimed.path()));
  }
}
