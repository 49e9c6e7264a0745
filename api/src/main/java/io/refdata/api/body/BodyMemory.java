package io.refdata.api.body;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the memory that the bodies of all requests use together, in bytes. The last quarter is
 * reserved for small bodies, so that a few large and slow bodies do not block all edits.
 */
final class BodyMemory {
  private static final int RESERVED_FRACTION = 4;

  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  BodyMemory(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Reserves memory; false if there is not enough left. */
  boolean reserve(int bytes, boolean small) {
    long bound = small ? maxBytes : maxBytes - maxBytes / RESERVED_FRACTION;
    long before = used.getAndUpdate(now -> now + bytes <= bound ? now + bytes : now);
    return before + bytes <= bound;
  }

  void release(int bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
