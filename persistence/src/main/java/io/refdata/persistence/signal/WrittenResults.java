package io.refdata.persistence.signal;

import io.refdata.persistence.signal.SignalQueue.Claimed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The results that runs have written, by the reasons of the revisions of their targets. After a
 * crash between the commit of the results and that of the end of the run, the run that is begun
 * again finds there what it has written already.
 */
@Dependent
public class WrittenResults {
  private final Jdbi jdbi;

  @Inject
  public WrittenResults(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The author of the results of a signal. */
  public static String author(Signal signal) {
    return "signal:" + signal.code();
  }

  /** The reason of the revision in which a run writes its results. */
  public static String reason(Claimed claimed, int rows) {
    return "run %d: %d results after revision %d".formatted(claimed.run(), rows, claimed.cause());
  }

  /**
   * The number of results that were written.
   *
   * @param revision that of the target
   */
  public record Earlier(long rows, int revision) {}

  /**
   * The last write of an earlier try of a run.
   *
   * @param target the id of the dataset
   */
  public Optional<Earlier> find(Claimed claimed, int target) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select split_part(r.reason, ' ', 3)::bigint, r.rev
                      from ref.revision r
                     where r.topic = :target and r.at >= :since and r.by = :by and starts_with(r.reason, :run)
                     order by r.at desc, r.rev desc
                     limit 1
                    """)
                .bind("target", target)
                .bind("since", claimed.startedAt().atOffset(ZoneOffset.UTC))
                .bind("by", author(claimed.signal()))
                .bind("run", "run %d: ".formatted(claimed.run()))
                .map((row, context) -> new Earlier(row.getLong(1), row.getInt(2)))
                .findOne());
  }
}
