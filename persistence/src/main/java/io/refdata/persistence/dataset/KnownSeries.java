package io.refdata.persistence.dataset;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.refdata.dataset.Dataset;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.version.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Which series selections are of, remembered as long as these are as they were. Only selections of
 * a few series: with many, finding them is the least of an answer.
 */
@ApplicationScoped
public class KnownSeries {
  /** The most series of a selection that is remembered. */
  static final int FEW = 100;

  private static final int MOST_IN_ALL = 200_000;
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Cache<Question, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_IN_ALL)
          .<Question, Known>weigher((question, answer) -> 1 + answer.series().size())
          .expireAfterWrite(LIFETIME)
          .recordStats()
          .build();

  /** Of each dataset those that were read last. */
  private final ConcurrentMap<Integer, Partitions> partitions = new ConcurrentHashMap<>();

  private final Versions versions;

  /** For the container. */
  @SuppressWarnings("NullAway")
  KnownSeries() {
    this(null);
  }

  @Inject
  public KnownSeries(Versions versions) {
    this.versions = versions;
  }

  private record Question(int dataset, SeriesSelection selection) {}

  /**
   * The series of a selection.
   *
   * @param partitions those of the dataset, as many selections share them
   * @param places what they rest on
   * @param since the time before they were read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Known(List<Series> series, Partitions partitions, int[] places, long since) {}

  /** Those that are remembered; null if none are, or not as they are now. */
  @Nullable Known find(Dataset dataset, SeriesSelection selection) {
    Known found = known.getIfPresent(question(dataset, selection));
    return found == null || !isFresh(found) ? null : found;
  }

  /** Whether nothing that they rest on has changed since, nor is about to. */
  boolean isFresh(Known found) {
    return versions.fresh(found.places(), found.since());
  }

  /** The time, which is to be noted before series are read that are to be remembered. */
  long now() {
    return versions.now();
  }

  void remember(
      Dataset dataset, SeriesSelection selection, SeriesSql.Selected selected, long since) {
    List<Series> series = selected.series();
    if (series.size() <= FEW) {
      int[] places = DatasetSubjects.contents(dataset, selection, series).places();
      known.put(
          question(dataset, selection),
          new Known(series, shared(dataset, selected.partitions()), places, since));
    }
  }

  /**
   * Those of the dataset that are remembered, if they are the same: one list for all selections.
   */
  private Partitions shared(Dataset dataset, Partitions read) {
    return Objects.requireNonNull(
        partitions.merge(
            Objects.requireNonNull(dataset.id()),
            read,
            (present, other) -> present.equals(other) ? present : other));
  }

  /**
   * What it holds and what it has done since the start.
   *
   * @param entries how many selections
   * @param hits how often one was there
   * @param misses how often it was not
   */
  public record Use(long entries, long hits, long misses) {}

  /** As it stands now. */
  public Use use() {
    CacheStats stats = known.stats();
    return new Use(known.estimatedSize(), stats.hitCount(), stats.missCount());
  }

  /** Forgets all. */
  public void clear() {
    known.invalidateAll();
    partitions.clear();
  }

  private static Question question(Dataset dataset, SeriesSelection selection) {
    return new Question(Objects.requireNonNull(dataset.id()), selection);
  }
}
