package io.refdata.persistence.access;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets through a number of look-ups in each second. */
final class LookUps {
  private final long most;
  private final LongSupplier nanos;
  private long began;
  private long done;

  LookUps(long most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** True if one more may be done now. */
  synchronized boolean allowed() {
    long now = nanos.getAsLong();
    if (now - began >= TimeUnit.SECONDS.toNanos(1)) {
      began = now;
      done = 0;
    }
    if (done >= most) {
      return false;
    }
    done++;
    return true;
  }
}
