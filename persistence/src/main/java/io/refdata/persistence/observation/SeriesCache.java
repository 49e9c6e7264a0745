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
 * A cache of the series of selections; an entry is used until these series change. Only selections
 * of a few series are cached: with many series, finding them is a small part of a request.
 */
@ApplicationScoped
public class SeriesCache {
  /** The most series of a selection that is cached. */
  static final int FEW = 100;

  /**
   * The longest selection that is cached, in bytes: a few hundred keys. A longer one is seldom
   * requested twice, and comparing it takes as long as reading its series.
   */
  static final long LONGEST = 1 << 16;

  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Cache<Key, Entry> entries;

  /** The partitions of each dataset that were read last. */
  private final ConcurrentMap<Integer, Partitions> partitions = new ConcurrentHashMap<>();

  private final Versions versions;
  private final long bytes;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  SeriesCache() {
    this(null);
  }

  /** A cache of the size of the setting. */
  @Inject
  public SeriesCache(Versions versions) {
    this(versions, Setting.SERIES_BYTES.number());
  }

  /**
   * @param bytes the size of all keys and entries together; 0 caches nothing
   */
  public SeriesCache(Versions versions, long bytes) {
    this.versions = versions;
    this.bytes = bytes;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<Key, Entry>weigher(SeriesCache::weight)
            .expireAfterWrite(LIFETIME)
            .recordStats()
            .build();
  }

  private record Key(int dataset, SeriesSelection selection) {}

  private static int weight(Key key, Entry entry) {
    return Math.toIntExact(
        SeriesWeights.of(key.selection()) + SeriesWeights.of(entry.series(), entry.buckets()));
  }

  /**
   * The series of a selection.
   *
   * @param partitions the partitions of the dataset, shared by many selections
   * @param buckets the buckets of their dependencies
   * @param readAt the time of {@link Versions} before they were read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(List<Series> series, Partitions partitions, int[] buckets, long readAt) {}

  /** The cached series of a selection; null if there are none, or they are not fresh. */
  @Nullable Entry find(Dataset dataset, SeriesSelection selection) {
    if (SeriesWeights.of(selection) > LONGEST) {
      return null;
    }
    Entry found = entries.getIfPresent(key(dataset, selection));
    return found == null || !isFresh(found) ? null : found;
  }

  /** True if no dependency of the series has changed since or is in doubt. */
  boolean isFresh(Entry found) {
    return versions.fresh(found.buckets(), found.readAt());
  }

  /** The current time, to be noted before series are read that will be cached. */
  long now() {
    return versions.now();
  }

  void put(Dataset dataset, SeriesSelection selection, SeriesSql.Selected selected, long readAt) {
    List<Series> series = selected.series();
    if (series.size() <= FEW && SeriesWeights.of(selection) <= LONGEST) {
      int[] buckets = DatasetDependencies.contents(dataset, selection, series).buckets();
      entries.put(
          key(dataset, selection),
          new Entry(series, shared(dataset, selected.partitions()), buckets, readAt));
    }
  }

  /**
   * The cached partitions of the dataset, if they are equal to those that were read: all selections
   * share one list, so no weight counts it. If they differ, entries with the old ones are not
   * fresh, and are removed.
   */
  private Partitions shared(Dataset dataset, Partitions read) {
    int id = Objects.requireNonNull(dataset.id());
    Partitions present = partitions.get(id);
    if (present != null && present.equals(read)) {
      return present;
    }
    partitions.put(id, read);
    entries.asMap().keySet().removeIf(key -> key.dataset() == id);
    return read;
  }

  /**
   * The contents of the cache and its counts since the start.
   *
   * @param entries the number of selections
   * @param bytes the estimated size of these and their series
   * @param maxBytes the largest allowed size
   * @param hits the number of look-ups that found an entry
   * @param misses the number of look-ups that found none
   * @param evictions the number of selections that were removed for lack of room or because they
   *     were too old
   */
  public record Use(
      long entries, long bytes, long maxBytes, long hits, long misses, long evictions) {}

  /** The current contents and counts. */
  public Use use() {
    entries.cleanUp();
    CacheStats stats = entries.stats();
    long held = entries.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    return new Use(
        entries.estimatedSize(),
        held,
        bytes,
        stats.hitCount(),
        stats.missCount(),
        stats.evictionCount());
  }

  /** Removes all entries. */
  public void clear() {
    entries.invalidateAll();
    partitions.clear();
  }

  private static Key key(Dataset dataset, SeriesSelection selection) {
    return new Key(Objects.requireNonNull(dataset.id()), selection);
  }
}
