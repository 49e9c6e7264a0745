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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the series of selections, of the current state and of past ones; an entry is used
 * until these series change. A past state never changes, but the tables that hold it do. Only
 * selections of a few series are cached: with many series, finding them is a small part of a
 * request.
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

  /** The partitions of each dataset that were read last; all selections of a dataset share them. */
  private final ConcurrentMap<Integer, ReadPartitions> partitions = new ConcurrentHashMap<>();

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

  private record Key(int dataset, SeriesSelection selection, @Nullable Integer asOf) {}

  private record ReadPartitions(Partitions partitions, long readAt) {}

  private static int weight(Key key, Entry entry) {
    return Math.toIntExact(
        SeriesWeights.of(key.selection()) + SeriesWeights.of(entry.series(), entry.buckets()));
  }

  /**
   * The series of a selection.
   *
   * @param buckets the buckets of their dependencies
   * @param readAt the time of {@link Versions} before they were read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(List<Series> series, int[] buckets, long readAt) {}

  /** Cached series, and the partitions of their dataset, read with them or later. */
  record Found(List<Series> series, Partitions partitions, BooleanSupplier fresh) {
    /** True if no dependency of the series has changed since or is in doubt. */
    boolean isFresh() {
      return fresh.getAsBoolean();
    }
  }

  /**
   * The cached series of a selection; null if there are none, or they are not fresh.
   *
   * @param asOf the revision of the dataset as of which to read; null for the current state
   */
  @Nullable Found find(Dataset dataset, SeriesSelection selection, @Nullable Integer asOf) {
    if (SeriesWeights.of(selection) > LONGEST) {
      return null;
    }
    Entry entry = entries.getIfPresent(key(dataset, selection, asOf));
    ReadPartitions read = partitions.get(id(dataset));
    if (entry == null || read == null || !isFresh(entry)) {
      return null;
    }
    return new Found(entry.series(), read.partitions(), () -> isFresh(entry));
  }

  private boolean isFresh(Entry entry) {
    return versions.fresh(entry.buckets(), entry.readAt());
  }

  /** The current time, to be noted before series are read that will be cached. */
  long now() {
    return versions.now();
  }

  void put(
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      SeriesSql.Selected selected,
      long readAt) {
    List<Series> series = selected.series();
    if (series.size() <= FEW && SeriesWeights.of(selection) <= LONGEST) {
      int[] buckets = DatasetDependencies.contents(dataset, selection, series).buckets();
      share(dataset, new ReadPartitions(selected.partitions(), readAt));
      entries.put(key(dataset, selection, asOf), new Entry(series, buckets, readAt));
    }
  }

  /**
   * All entries of a dataset use the partitions with the latest time, so they are never older than
   * the series: a write that they lack has changed the series' dependencies, or does not concern
   * them.
   */
  private void share(Dataset dataset, ReadPartitions read) {
    partitions.merge(
        id(dataset), read, (present, other) -> other.readAt() < present.readAt() ? present : other);
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

  private static Key key(Dataset dataset, SeriesSelection selection, @Nullable Integer asOf) {
    return new Key(id(dataset), selection, asOf);
  }

  private static int id(Dataset dataset) {
    return Objects.requireNonNull(dataset.id());
  }
}
