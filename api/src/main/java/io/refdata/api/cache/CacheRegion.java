package io.refdata.api.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Kept answers of one kind: at most so many bytes of them, each for at most so long. */
public final class CacheRegion {
  private final String name;
  private final long bytes;
  private final Duration lifetime;
  private final Cache<String, CachedResponse> answers;
  private final LongAdder hits = new LongAdder();
  private final LongAdder revalidations = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder bypasses = new LongAdder();

  /**
   * @param bytes of all answers together, their keys and what they rest on included; 0 keeps none
   */
  CacheRegion(String name, long bytes, Duration lifetime) {
    this.name = name;
    this.bytes = bytes;
    this.lifetime = lifetime;
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<String, CachedResponse>weigher((key, answer) -> 2 * key.length() + answer.weight())
            .expireAfterWrite(lifetime)
            .recordStats()
            .build();
  }

  public String name() {
    return name;
  }

  @Nullable CachedResponse get(String key) {
    return answers.getIfPresent(key);
  }

  void keep(String key, CachedResponse answer) {
    answers.put(key, answer);
  }

  /** Forgets all answers. */
  public void clear() {
    answers.invalidateAll();
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

  /**
   * What a region holds and what it has done since the start.
   *
   * @param bytes that are held
   * @param maxBytes that may be held
   * @param hits answers given from it, 304 included
   * @param revalidated those of them that were a 304
   * @param misses answers made anew, because there was none or it was not fresh
   * @param bypasses answers made anew because the client wanted so
   * @param evictions answers dropped for want of room or because their time was over
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
    /** Hits to all that was asked for; null before anything was. */
    public @Nullable Double hitRatio() {
      long asked = hits + misses;
      return asked == 0 ? null : (double) hits / asked;
    }
  }

  /** As it stands now. */
  public Statistics statistics() {
    answers.cleanUp();
    long held = answers.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    return new Statistics(
        answers.estimatedSize(),
        held,
        bytes,
        lifetime,
        hits.sum() + revalidations.sum(),
        revalidations.sum(),
        misses.sum(),
        bypasses.sum(),
        answers.stats().evictionCount());
  }
}
