package io.refdata.persistence.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import io.refdata.domain.load.Load.Step;
import io.refdata.domain.load.LoadMode;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.json.Json;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The recorded loads. Each call is a transaction of its own, except those that take a handle. */
@Dependent
public class Loads {
  private static final String SELECT =
      """
      select l.*, p.name, p.bytes, p.sha256, p.path, r.at as recorded_at,
             case when l.finished_at is not null then greatest(l.finished_at, r.at) end as ended_at
        from raw.load l
        join raw.payload p on p.id = l.payload_id
        left join ref.revision r on r.rev = l.rev
      """;

  private final Jdbi jdbi;

  @Inject
  public Loads(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The options of a load, which the client sends with the file.
   *
   * @param definition the layout, in JSON
   * @param publishedAt when the provider published the file; null if the sender does not say
   */
  public record Order(
      @Nullable String layout,
      String into,
      String definition,
      LoadMode mode,
      boolean dryRun,
      double maxRejectRatio,
      double maxDeleteRatio,
      @Nullable Instant publishedAt) {}

  /**
   * Requires that another load may wait. Requests that come at the same time may each be the last
   * that may, so there can be a few more.
   *
   * @throws TooManyLoads if not
   */
  public void requireRoom() {
    long most = Setting.LOADS_QUEUED.number();
    long unfinished =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select count(*)
                          from (select 1 from raw.load
                                 where state in ('RECEIVED', 'STAGING', 'MERGING')
                                 limit :most) unfinished
                        """)
                    .bind("most", most)
                    .mapTo(Long.class)
                    .one());
    if (unfinished >= most) {
      throw new TooManyLoads(most);
    }
  }

  /**
   * Records a load whose file is on disk.
   *
   * @param coding the content coding that the file came in, {@code gzip}; null if none
   */
  public Load receive(
      Order order, Load.File file, String mediaType, @Nullable String coding, Author author) {
    long id =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with payload as (
                          insert into raw.payload (name, bytes, sha256, path, media_type, coding)
                          values (:name, :bytes, decode(:sha256, 'hex'), :path, :mediaType, :coding)
                          returning id)
                        insert into raw.load (payload_id, layout, target, definition, mode, dry_run,
                                              max_reject_ratio, max_delete_ratio, published_at, by, reason, request_id)
                        select id, :layout, :into, :definition, :mode, :dryRun,
                               :maxRejectRatio, :maxDeleteRatio, :publishedAt, :by, :why, :request
                          from payload
                        returning id
                        """)
                    .bindMethods(order)
                    .bind("name", file.name())
                    .bind("bytes", file.bytes())
                    .bind("sha256", file.sha256())
                    .bind("path", file.path())
                    .bind("mediaType", mediaType)
                    .bind("coding", coding)
                    .bind("by", author.by())
                    .bind("why", author.reason())
                    .bind("request", author.requestId())
                    .mapTo(Long.class)
                    .one());
    return find(id).orElseThrow();
  }

  public Optional<Load> find(long id) {
    return find(id, "");
  }

  /** The load, locked: nobody can stop it before the end of the transaction. */
  public Load lock(long id) {
    return find(id, " for update of l").orElseThrow();
  }

  private Optional<Load> find(long id, String locking) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + " where l.id = :id" + locking)
                .bind("id", id)
                .map(LoadRow::read)
                .findOne());
  }

  /**
   * At most {@code limit} loads that are older than the given one, newest first; 0 begins with the
   * newest of all.
   */
  public List<Load> list(long olderThan, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    SELECT + " where :id = 0 or l.id < :id order by l.id desc limit :limit")
                .bind("id", olderThan)
                .bind("limit", limit)
                .map(LoadRow::read)
                .list());
  }

  /** Records that staging begins, or begins again; the counts of earlier tries are reset. */
  public void beginStaging(long id, long executionId) {
    execute(
        """
        update raw.load
           set state = 'STAGING', execution_id = ?, started_at = coalesce(started_at, clock_timestamp()),
               finished_at = null, message = null, progress = 0, staged = null, steps = '[]',
               rows_read = 0, inserted = 0, revised = 0, unchanged = 0, deleted = 0, rejected = 0,
               ignored = 0, rounded = 0
         where id = ? and state in ('RECEIVED', 'STAGING', 'MERGING')
        """,
        executionId,
        id);
  }

  /** Records the progress of staging. */
  public void progress(long id, double progress, long read, long rejected) {
    execute(
        "update raw.load set progress = ?, rows_read = ?, rejected = ? where id = ?",
        progress,
        read,
        rejected,
        id);
  }

  /**
   * The rows of a file as they were staged.
   *
   * @param staged those that are in staging
   * @param read those that are in staging and the rejected ones
   */
  public record Staged(long staged, long read, long rejected, long ignored, long rounded) {}

  /**
   * Records that all rows are in staging; false if the load was stopped meanwhile.
   *
   * @param message news for the user although staging succeeded; null if none
   */
  public boolean endStaging(long id, Staged rows, @Nullable String message) {
    return execute(
            """
            update raw.load
               set state = 'MERGING', staged = ?, rows_read = ?, rejected = ?, ignored = ?,
                   rounded = ?, message = ?
             where id = ? and state = 'STAGING'
            """,
            rows.staged(),
            rows.read(),
            rows.rejected(),
            rows.ignored(),
            rows.rounded(),
            message,
            id)
        > 0;
  }

  /** Records that a step is done. */
  public void addStep(long id, Step step) {
    try {
      execute(
          "update raw.load set steps = steps || cast(? as jsonb) where id = ?",
          Json.MAPPER.writeValueAsString(step),
          id);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Records that the load is merged. To be called in the merging transaction itself, so that both
   * are committed or neither.
   *
   * @param revision null if it wrote nothing, because it is a dry run
   */
  public static void complete(Handle handle, long id, @Nullable Integer revision, Merged merged) {
    handle.execute(
        """
        update raw.load
           set state = 'COMPLETED', progress = 1, rev = ?, inserted = ?, revised = ?, deleted = ?,
               unchanged = rows_read - rejected - ? - ?,
               finished_at = clock_timestamp()
         where id = ?
        """,
        revision,
        merged.inserted(),
        merged.revised(),
        merged.deleted(),
        merged.inserted(),
        merged.revised(),
        id);
    handle.execute(
        """
        update raw.payload set processed_at = clock_timestamp()
         where id = (select payload_id from raw.load where id = ?)
        """,
        id);
  }

  /** Ends a load that has not changed anything; false if it had ended before. */
  public boolean end(long id, State state, String message) {
    boolean ended =
        execute(
                """
                update raw.load set state = ?, message = ?, finished_at = clock_timestamp()
                 where id = ? and state in ('RECEIVED', 'STAGING', 'MERGING')
                """,
                state.name(),
                message,
                id)
            > 0;
    if (ended) {
      LoadCounts.ended(state);
    }
    return ended;
  }

  /** Restarts a load that failed or was stopped; false if there is no such load. */
  public boolean restart(long id) {
    return execute(
            """
            update raw.load
               set state = 'RECEIVED', message = null, finished_at = null,
                   crashes = 0, outages = 0, failures = 0, due_at = null, trouble = null
             where id = ? and state in ('FAILED', 'STOPPED')
            """,
            id)
        > 0;
  }

  private int execute(String sql, @Nullable Object... bound) {
    return jdbi.withHandle(handle -> handle.execute(sql, bound));
  }
}
