package io.refdata.persistence.reference;

import io.refdata.reference.ItemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import org.hibernate.Cache;
import org.hibernate.SessionFactory;

/** The second-level cache, for writers that go past it. */
@ApplicationScoped
public class ItemCaches {
  @PersistenceUnit private EntityManagerFactory factory;

  /** Forgets all items of a type: after they have been changed by plain SQL, and committed. */
  public void evict(ItemType<?> type) {
    Cache cache = factory.unwrap(SessionFactory.class).getCache();
    cache.evictEntityData(type.entity());
    cache.evictNaturalIdData(type.entity());
    cache.evictQueryRegions();
  }
}
