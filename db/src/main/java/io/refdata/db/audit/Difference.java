package io.refdata.db.audit;

import io.refdata.db.audit.Breach.Kind;

/**
 * The first row in which fingerprints differ.
 *
 * @param id of its item
 */
record Difference(Kind kind, int id) {

  /**
   * The first difference; there must be one.
   *
   * @param sealed as they were
   * @param found as they are
   */
  static Difference between(Fingerprints sealed, Fingerprints found) {
    int i = 0;
    while (true) {
      boolean wasThere = i < sealed.count();
      boolean isThere = i < found.count();
      if (wasThere && (!isThere || sealed.id(i) < found.id(i))) {
        return new Difference(Kind.STATE_REMOVED, sealed.id(i));
      }
      if (isThere && (!wasThere || found.id(i) < sealed.id(i))) {
        return new Difference(Kind.STATE_ADDED, found.id(i));
      }
      if (!wasThere) {
        throw new IllegalArgumentException("The fingerprints are the same.");
      }
      if (!sealed.sameHash(i, found, i)) {
        return new Difference(Kind.STATE_CHANGED, found.id(i));
      }
      i++;
    }
  }
}
