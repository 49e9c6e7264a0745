package io.refdata.persistence.freshness;

import java.util.ArrayList;
import java.util.List;

/**
 * What one transaction touches: in doubt from the moment it is touched, and settled when the change
 * is closed. If it is not known what became of it (the database was lost while it committed, and
 * may have the commit or not), nothing that was read before is trusted any more.
 */
public final class Change implements AutoCloseable {
  private final Versions versions;
  private final List<int[]> touched = new ArrayList<>();
  private boolean known;
  private boolean over;

  Change(Versions versions) {
    this.versions = versions;
  }

  /**
   * Says what the transaction changes; before it commits, and of a long one as late as can be: none
   * of it is answered from memory until the end. Without effect once the transaction is over.
   */
  public synchronized void touch(Dependencies subjects) {
    if (!over) {
      int[] places = subjects.places();
      versions.doubt(places);
      touched.add(places);
    }
  }

  /** The transaction has committed. */
  public synchronized void committed() {
    known = true;
  }

  /**
   * The transaction has surely not committed: what was read before is as true as it was, but for
   * what others touched meanwhile.
   */
  public synchronized void undone() {
    known = true;
  }

  /** The transaction is over, committed or not, and so is whatever had to be forgotten with it. */
  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      if (!known && !touched.isEmpty()) {
        versions.beginAnew();
      }
      touched.forEach(versions::settle);
    }
  }
}
