package io.refdata.api.body;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the bodies of all requests take together, in bytes. Its last quarter is kept for
 * small bodies, so that a few large ones that come slowly do not turn away every edit.
 */
final class BodyMemory {
  private static final int LAST_PART = 4;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  BodyMemory(long most) {
    this.most = most;
  }

  /** Takes so many bytes, unless there are not as many left. */
  boolean take(int bytes, boolean small) {
    long bound = small ? most : most - most / LAST_PART;
    long before = taken.getAndUpdate(now -> now + bytes <= bound ? now + bytes : now);
    return before + bytes <= bound;
  }

  void give(int bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
