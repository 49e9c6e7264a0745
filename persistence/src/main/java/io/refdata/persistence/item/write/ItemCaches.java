package io.refdata.persistence.item.write;

import io.refdata.domain.item.ItemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.util.Arrays;
import java.util.List;
import org.hibernate.Cache;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.CacheImplementor;
import org.hibernate.stat.CacheRegionStatistics;
import org.hibernate.stat.Statistics;
import org.infinispan.hibernate.cache.commons.InfinispanBaseRegion;

/** The second-level cache, for writers that use plain SQL and for monitoring. */
@ApplicationScoped
public class ItemCaches {
  @PersistenceUnit private EntityManagerFactory factory;

  /** The counts of a cache region since the start. */
  public record Region(String name, long hits, long misses, long puts) {}

  /**
   * Removes all items of a type from the cache. To be called after plain SQL changed them, and the
   * change is committed.
   */
  public void evict(ItemType<?> type) {
    Cache cache = cache();
    cache.evictEntityData(type.entity());
    cache.evictNaturalIdData(type.entity());
    cache.evictQueryRegions();
  }

  /**
   * Removes everything from the cache. To be called when it is unknown whether a transaction was
   * committed.
   */
  public void evictAll() {
    cache().evictAllRegions();
  }

  /** The cache regions, in the order of names. */
  public List<Region> regions() {
    Statistics statistics = factory.unwrap(SessionFactory.class).getStatistics();
    return Arrays.stream(statistics.getSecondLevelCacheRegionNames())
        .sorted()
        .map(name -> region(name, statistics.getCacheRegionStatistics(name)))
        .toList();
  }

  private static Region region(String name, CacheRegionStatistics statistics) {
    return new Region(
        name, statistics.getHitCount(), statistics.getMissCount(), statistics.getPutCount());
  }

  /** The entries of a region now. They are counted one by one. */
  public long entries(Region region) {
    return cached(region).getElementCountInMemory();
  }

  /** The entries of a region that were removed because there were too many, since the start. */
  public long evictions(Region region) {
    return cached(region).getCache().getStats().getEvictions();
  }

  private InfinispanBaseRegion cached(Region region) {
    return (InfinispanBaseRegion) cache().unwrap(CacheImplementor.class).getRegion(region.name());
  }

  /** Removes everything from a cache region; false if there is no such region. */
  public boolean evict(String region) {
    boolean exists = regions().stream().anyMatch(one -> one.name().equals(region));
    if (exists) {
      cache().evictRegion(region);
    }
    return exists;
  }

  private Cache cache() {
    return factory.unwrap(SessionFactory.class).getCache();
  }
}
