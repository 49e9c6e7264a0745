package io.refdata.persistence.signal;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * The instants up to which retention has removed observations of datasets. To be asked after those
 * were read that results are made of: what it removes between the two counts as removed, and the
 * next run, which is due because of that, sees the same.
 */
@Dependent
public class RetiredInputs {
  private final Jdbi jdbi;

  @Inject
  public RetiredInputs(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Where what is left of datasets begins.
   *
   * @param datasets their ids; others have no retention
   * @return by id; those are not in it of which nothing was removed
   */
  public Map<Integer, Instant> keptFrom(Collection<Integer> datasets) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select r.dataset_id, max(r.upper) as kept_from
                      from curated.retired_partition r
                     where r.dataset_id = any (:datasets)
                     group by r.dataset_id
                    """)
                .bindArray("datasets", Integer.class, datasets)
                .reduceRows(
                    new HashMap<Integer, Instant>(),
                    (all, row) -> {
                      all.put(
                          row.getColumn("dataset_id", Integer.class),
                          row.getColumn("kept_from", OffsetDateTime.class).toInstant());
                      return all;
                    }));
  }
}
