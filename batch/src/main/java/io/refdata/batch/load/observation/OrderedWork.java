package io.refdata.batch.load.observation;

/** Lets threads run a part of their work in a fixed order. */
final class OrderedWork {
  private long next;
  private boolean failed;

  /**
   * Waits until the work with all lower numbers is done, then runs this work.
   *
   * @param number the position in the order, from 0; each number must be used exactly once
   * @return the nanoseconds that it waited
   * @throws IllegalStateException if earlier work failed, so that the turn of this work never comes
   */
  synchronized long runInOrder(long number, Runnable work) {
    long waitingSince = System.nanoTime();
    try {
      while (next != number && !failed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed = true;
    }
    if (failed) {
      throw new IllegalStateException("Work before this failed");
    }
    long waited = System.nanoTime() - waitingSince;
    work.run();
    next++;
    notifyAll();
    return waited;
  }

  /** Ends all waiting after a failure. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }
}
