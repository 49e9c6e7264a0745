package io.refdata.api.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all cached responses share, whatever their region. When it is full, responses
 * that are asked for often stay, so that each region gets as much as its clients use.
 */
final class ResponseMemory {
  private final long maxBytes;
  private final Cache<Key, CachedResponse> responses;

  /** The region of a response, and the request that it answers. */
  private record Key(CacheRegion region, String request) {}

  /**
   * @param maxBytes the bound of all responses together, with their keys and dependencies; 0 caches
   *     nothing
   */
  ResponseMemory(long maxBytes) {
    this.maxBytes = maxBytes;
    this.responses =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(ResponseMemory::weight)
            .expireAfter(
                Expiry.<Key, CachedResponse>writing((key, response) -> key.region().lifetime()))
            .evictionListener(ResponseMemory::evicted)
            .build();
  }

  private static void evicted(
      @Nullable Key key, @Nullable CachedResponse response, RemovalCause cause) {
    if (key != null) {
      key.region().evicted();
    }
  }

  /** The bytes of a Latin-1 text and of a response. */
  private static int weight(Key key, CachedResponse response) {
    return key.request().length() + response.weight();
  }

  long maxBytes() {
    return maxBytes;
  }

  @Nullable CachedResponse get(CacheRegion region, String request) {
    return responses.getIfPresent(new Key(region, request));
  }

  void put(CacheRegion region, String request, CachedResponse response) {
    responses.put(new Key(region, request), response);
  }

  /** Removes all responses of a region. */
  void clear(CacheRegion region) {
    responses.asMap().keySet().removeIf(key -> key.region() == region);
  }

  /** The number of responses of a region, and the bytes that they use. */
  record Content(long entries, long bytes) {}

  /** The content of a region; looks at all responses. */
  Content content(CacheRegion region) {
    responses.cleanUp();
    long entries = 0;
    long bytes = 0;
    for (var entry : responses.asMap().entrySet()) {
      if (entry.getKey().region() == region) {
        entries++;
        bytes += weight(entry.getKey(), entry.getValue());
      }
    }
    return new Content(entries, bytes);
  }
}
