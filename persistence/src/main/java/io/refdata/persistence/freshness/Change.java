package io.refdata.persistence.freshness;

import java.util.ArrayList;
import java.util.List;

/**
 * The changes of one transaction. Each changed dependency is marked in doubt when it is touched,
 * and settled when this object is closed. If the result of the transaction is unknown (the
 * connection to the database was lost during the commit, so it may be committed or not), all that
 * was read before is distrusted.
 */
public final class Change implements AutoCloseable {
  private final Versions versions;
  private final List<int[]> touched = new ArrayList<>();
  private boolean outcomeKnown;
  private boolean closed;

  Change(Versions versions) {
    this.versions = versions;
  }

  /**
   * Says which dependencies the transaction changes. It must be called before the commit, and in a
   * long transaction as late as possible: until the end, no cached response that depends on them is
   * used. It has no effect after {@link #close}.
   */
  public synchronized void touch(Dependencies dependencies) {
    if (!closed) {
      int[] buckets = dependencies.buckets();
      versions.markInDoubt(buckets);
      touched.add(buckets);
    }
  }

  /** The transaction has committed. */
  public synchronized void committed() {
    outcomeKnown = true;
  }

  /**
   * The transaction has certainly not committed: what was read before is still valid, unless
   * another transaction changed it meanwhile.
   */
  public synchronized void rolledBack() {
    outcomeKnown = true;
  }

  /**
   * The transaction is over, committed or not, and the caches that it makes invalid are cleared.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (!outcomeKnown && !touched.isEmpty()) {
        versions.distrustEverythingBefore();
      }
      touched.forEach(versions::settle);
    }
  }
}
