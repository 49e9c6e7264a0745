package io.refdata.api.cache;

import io.refdata.api.metrics.HitDurations;
import io.undertow.util.AttachmentKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that is being computed for the cache. Other requests for the same response wait for it
 * instead of computing it again.
 */
final class PendingResponse {
  static final AttachmentKey<PendingResponse> KEY = AttachmentKey.create(PendingResponse.class);

  private final CacheRegion region;
  private final String key;
  private final long since;
  private final @Nullable HitDurations durations;
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean completed;

  /**
   * @param since the version time before any of its data is read
   * @param durations how long it will take to send it from the cache; null if that is not measured
   */
  PendingResponse(CacheRegion region, String key, long since, @Nullable HitDurations durations) {
    this.region = region;
    this.key = key;
    this.since = since;
    this.durations = durations;
  }

  long since() {
    return since;
  }

  @Nullable HitDurations durations() {
    return durations;
  }

  void put(CachedResponse response) {
    region.put(key, response);
  }

  /** Runs a listener when the response is cached or has failed; at once if that is so already. */
  void onComplete(Runnable listener) {
    synchronized (this) {
      if (!completed) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  void complete() {
    List<Runnable> released;
    synchronized (this) {
      completed = true;
      released = List.copyOf(listeners);
      listeners.clear();
    }
    released.forEach(Runnable::run);
  }
}
