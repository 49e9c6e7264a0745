package io.refdata.persistence.observation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.partition.Partitions;
import io.refdata.settings.Setting;
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
public class SeriesCache {
  /** The most series of a selection that is remembered. */
  static final int FEW = 100;

  /**
   * The longest question that is remembered, in bytes: a few hundred keys. A longer one is seldom
   * asked twice, and is as long to compare as to answer.
   */
  static final long LONGEST = 1 << 16;

  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Cache<Question, Known> known;

  /** Of each dataset those that were read last. */
  private final ConcurrentMap<Integer, Partitions> partitions = new ConcurrentHashMap<>();

  private final Versions versions;
  private final long bytes;

  /** For the container. */
  @SuppressWarnings("NullAway")
  SeriesCache() {
    this(null);
  }

  /** As many as the setting allows. */
  @Inject
  public SeriesCache(Versions versions) {
    this(versions, Setting.SERIES_BYTES.number());
  }

  /**
   * @param bytes of all questions and answers together; 0 remembers none
   */
  public SeriesCache(Versions versions, long bytes) {
    this.versions = versions;
    this.bytes = bytes;
    this.known =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<Question, Known>weigher(SeriesCache::weight)
            .expireAfterWrite(LIFETIME)
            .recordStats()
            .build();
  }

  private record Question(int dataset, SeriesSelection selection) {}

  private static int weight(Question question, Known answer) {
    return Math.toIntExact(
        SeriesWeights.of(question.selection())
            + SeriesWeights.of(answer.series(), answer.buckets()));
  }

  /**
   * The series of a selection.
   *
   * @param partitions those of the dataset, as many selections share them
   * @param buckets what they rest on
   * @param since the time before they were read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Known(List<Series> series, Partitions partitions, int[] buckets, long since) {}

  /** Those that are remembered; null if none are, or not as they are now. */
  @Nullable Known find(Dataset dataset, SeriesSelection selection) {
    if (SeriesWeights.of(selection) > LONGEST) {
      return null;
    }
    Known found = known.getIfPresent(question(dataset, selection));
    return found == null || !isFresh(found) ? null : found;
  }

  /** Whether nothing that they rest on has changed since, nor is about to. */
  boolean isFresh(Known found) {
    return versions.fresh(found.buckets(), found.since());
  }

  /** The time, which is to be noted before series are read that are to be remembered. */
  long now() {
    return versions.now();
  }

  void remember(
      Dataset dataset, SeriesSelection selection, SeriesSql.Selected selected, long since) {
    List<Series> series = selected.series();
    if (series.size() <= FEW && SeriesWeights.of(selection) <= LONGEST) {
      int[] buckets = DatasetDependencies.contents(dataset, selection, series).buckets();
      known.put(
          question(dataset, selection),
          new Known(series, shared(dataset, selected.partitions()), buckets, since));
    }
  }

  /**
   * Those of the dataset that are remembered, if they are the same: one list for all selections,
   * which is why no weight counts it. What was remembered with others is not fresh, and forgotten.
   */
  private Partitions shared(Dataset dataset, Partitions read) {
    int id = Objects.requireNonNull(dataset.id());
    Partitions present = partitions.get(id);
    if (present != null && present.equals(read)) {
      return present;
    }
    partitions.put(id, read);
    known.asMap().keySet().removeIf(question -> question.dataset() == id);
    return read;
  }

  /**
   * What it holds and what it has done since the start.
   *
   * @param entries how many selections
   * @param bytes that these and what they are of take, about
   * @param maxBytes that they may take
   * @param hits how often one was there
   * @param misses how often it was not
   * @param evictions selections dropped for want of room or because their time was over
   */
  public record Use(
      long entries, long bytes, long maxBytes, long hits, long misses, long evictions) {}

  /** As it stands now. */
  public Use use() {
    known.cleanUp();
    CacheStats stats = known.stats();
    long held = known.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    return new Use(
        known.estimatedSize(),
        held,
        bytes,
        stats.hitCount(),
        stats.missCount(),
        stats.evictionCount());
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
