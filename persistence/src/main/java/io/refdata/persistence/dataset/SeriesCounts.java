package io.refdata.persistence.dataset;

import java.util.Collection;
import org.jdbi.v3.core.Handle;

/**
 * The numbers of current observations that are stored with the series, and the times of the first
 * and the last of them. Whoever inserts or deletes observations changes these numbers in the same
 * transaction; a revised observation does not change them.
 */
public final class SeriesCounts {
  /**
   * The assignments of an {@code update curated.series s} that adds new observations. These are a
   * row {@code n} with their number {@code rows}, and the {@code first} and {@code last} of their
   * times. The span of all times, past ones included, grows too.
   */
  public static final String ADD =
      """
      observations = s.observations + n.rows,
      earliest = least(s.earliest, n.first), latest = greatest(s.latest, n.last),
      first = least(s.first, n.first), last = greatest(s.last, n.last)\
      """;

  private SeriesCounts() {}

  /** Counts the observations of some series anew, after a deletion. */
  public static void recount(Handle handle, int dataset, Collection<Integer> series) {
    handle
        .createQuery("select cast(curated.count_observations(:dataset, :series) as text)")
        .bind("dataset", dataset)
        .bindArray("series", Integer.class, series)
        .mapTo(String.class)
        .one();
  }
}
