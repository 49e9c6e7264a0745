package io.refdata.batch.load.observation;

/** Lets threads do a part of their work in the order of what they work on. */
final class OrderedWork {
  private long next;
  private boolean failed;

  /**
   * Waits for all before, then does the work.
   *
   * @param number its place in the order, from 0; each must take its turn once
   * @throws IllegalStateException if one before failed: its turn will never come
   */
  synchronized void take(long number, Runnable work) {
    try {
      while (next != number && !failed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed = true;
    }
    if (failed) {
      throw new IllegalStateException("One before failed");
    }
    work.run();
    next++;
    notifyAll();
  }

  /** Nobody's turn will come any more. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }
}
