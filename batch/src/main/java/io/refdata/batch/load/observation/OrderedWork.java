package io.refdata.batch.load.observation;

/** Lets threads run a part of their work in a fixed order. */
final class OrderedWork {
  private long next;
  private boolean failed;

  /**
   * Waits until the work with all lower numbers is done, then runs this work.
   *
   * @param number the position in the order, from 0; each number must be used exactly once
   * @throws IllegalStateException if earlier work failed, so that the turn of this work never comes
   */
  synchronized void runInOrder(long number, Runnable work) {
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
    work.run();
    next++;
    notifyAll();
  }

  /** Ends all waiting after a failure. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }
}
