package io.refdata.persistence.item.write;

import io.refdata.domain.item.ItemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.util.Arrays;
import java.util.List;
import org.hibernate.Cache;
import org.hibernate.SessionFactory;
import org.hibernate.stat.CacheRegionStatistics;
import org.hibernate.stat.Statistics;

/** The second-level cache, for writers that go past it and for who watches it. */
@ApplicationScoped
public class ItemCaches {
  @PersistenceUnit private EntityManagerFactory factory;

  /** What a region has done since the start. */
  public record Region(String name, long hits, long misses, long puts) {}

  /** Forgets all items of a type: after they have been changed by plain SQL, and committed. */
  public void evict(ItemType<?> type) {
    Cache cache = cache();
    cache.evictEntityData(type.entity());
    cache.evictNaturalIdData(type.entity());
    cache.evictQueryRegions();
  }

  /** Forgets everything: when it is not known what was committed. */
  public void evictAll() {
    cache().evictAllRegions();
  }

  /** Its regions, by name. */
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

  /** Forgets all that a region holds; false if there is no such region. */
  public boolean evict(String region) {
    boolean known = regions().stream().anyMatch(one -> one.name().equals(region));
    if (known) {
      cache().evictRegion(region);
    }
    return known;
  }

  private Cache cache() {
    return factory.unwrap(SessionFactory.class).getCache();
  }
}
