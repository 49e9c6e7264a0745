package io.refdata.persistence.load;

import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * When the observations of datasets were published. Within a dataset what is recorded later was
 * published later, or at the same time. What nobody says a time of was published when it was
 * recorded.
 */
@Dependent
public class Publications {
  /** The latest revision has the latest publication. */
  private static final String RECORDED =
      "select ref.latest_publication(d.id) from curated.dataset d where 'datasets/' || d.code ="
          + " :target";

  /**
   * The latest of the loads that are on their way; they are merged in the order in which they came.
   * One that nobody says a time of will be published when it is recorded: not before now.
   */
  private static final String UNDERWAY =
      """
      select max(coalesce(l.published_at, clock_timestamp())) from raw.load l
       where l.target = :target and not l.dry_run and l.state in ('RECEIVED', 'STAGING', 'MERGING')
      """;

  private static final String NEWEST =
      "select greatest((" + RECORDED + "), (" + UNDERWAY + ")) where :target like 'datasets/%'";

  private final Jdbi jdbi;

  @Inject
  public Publications(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The latest publication that a target has or will have: nothing older can be loaded.
   *
   * @param target {@code datasets/<code>}; a collection has no publications
   */
  public Optional<Instant> newest(String target) {
    return jdbi.withHandle(handle -> instant(handle.createQuery(NEWEST), target));
  }

  /**
   * Checks again, while no other can write to the dataset, that nothing newer was recorded.
   *
   * @throws InvalidLoad if the file was published before what is stored
   */
  public static void check(Handle handle, Load load) {
    Instant published = load.publishedAt();
    if (published != null) {
      instant(handle.createQuery(RECORDED), load.into())
          .filter(published::isBefore)
          .ifPresent(
              newest -> {
                throw new InvalidLoad(
                    "The file was published at %s, and data that were published at %s have been recorded meanwhile."
                        .formatted(published, newest));
              });
    }
  }

  private static Optional<Instant> instant(Query query, String target) {
    return query
        .bind("target", target)
        .mapTo(OffsetDateTime.class)
        .findFirst()
        .map(OffsetDateTime::toInstant);
  }
}
