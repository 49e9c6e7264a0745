package io.refdata.api.cache;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Cached responses of one kind, with a bound on the lifetime of each. */
public final class CacheRegion {
  private final String name;
  private final Duration lifetime;
  private final ResponseMemory memory;
  private final LongAdder hits = new LongAdder();
  private final LongAdder revalidations = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder bypasses = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  CacheRegion(String name, Duration lifetime, ResponseMemory memory) {
    this.name = name;
    this.lifetime = lifetime;
    this.memory = memory;
  }

  public String name() {
    return name;
  }

  Duration lifetime() {
    return lifetime;
  }

  @Nullable CachedResponse get(String request) {
    return memory.get(this, request);
  }

  void put(String request, CachedResponse response) {
    memory.put(this, request, response);
  }

  /** Removes all responses. */
  public void clear() {
    memory.clear(this);
  }

  void hit() {
    hits.increment();
  }

  void revalidated() {
    revalidations.increment();
  }

  void missed() {
    misses.increment();
  }

  void bypassed() {
    bypasses.increment();
  }

  void evicted() {
    evictions.increment();
  }

  /**
   * The content of a region, and its counts since the start.
   *
   * @param bytes the bytes that the region uses
   * @param maxBytes the bytes that all regions together may use
   * @param hits responses from the cache, 304 included
   * @param revalidated the hits that were a 304
   * @param misses responses that were computed because none was cached or fresh
   * @param bypasses responses that were computed because the client asked for it
   * @param evictions responses removed because there was no room or their lifetime was over
   */
  public record Statistics(
      long entries,
      long bytes,
      long maxBytes,
      Duration lifetime,
      long hits,
      long revalidated,
      long misses,
      long bypasses,
      long evictions) {
    /** Hits divided by hits and misses; null before the first of them. */
    public @Nullable Double hitRatio() {
      long lookups = hits + misses;
      return lookups == 0 ? null : (double) hits / lookups;
    }
  }

  /** The content and the counts now. */
  public Statistics statistics() {
    ResponseMemory.Content content = memory.content(this);
    return new Statistics(
        content.entries(),
        content.bytes(),
        memory.maxBytes(),
        lifetime,
        hits.sum() + revalidations.sum(),
        revalidations.sum(),
        misses.sum(),
        bypasses.sum(),
        evictions.sum());
  }
}
