package io.refdata.api.cache;

import io.undertow.util.AttachmentKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The making of an answer that is to be kept. Whoever asks for the same meanwhile waits for it
 * instead of making it too.
 */
final class PendingResponse {
  static final AttachmentKey<PendingResponse> KEY = AttachmentKey.create(PendingResponse.class);

  private final CacheRegion region;
  private final String key;
  private final long since;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean over;

  /**
   * @param since the time, before anything is read
   */
  PendingResponse(CacheRegion region, String key, long since) {
    this.region = region;
    this.key = key;
    this.since = since;
  }

  long since() {
    return since;
  }

  void keep(CachedResponse answer) {
    region.keep(key, answer);
  }

  /** Runs something when the answer is there, or is known not to come; at once if it is so now. */
  void whenOver(Runnable then) {
    synchronized (this) {
      if (!over) {
        waiting.add(then);
        return;
      }
    }
    then.run();
  }

  void end() {
    List<Runnable> released;
    synchronized (this) {
      over = true;
      released = List.copyOf(waiting);
      waiting.clear();
    }
    released.forEach(Runnable::run);
  }
}
