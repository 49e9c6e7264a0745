package io.refdata.api.audit;

import io.refdata.db.audit.Breach;
import io.refdata.db.audit.Verification;
import org.jspecify.annotations.Nullable;

/** What a part of the audit trail is found to be. */
record VerificationView(
    Verdict verdict,
    long revisions,
    long states,
    long waiting,
    @Nullable BreachView breach,
    @Nullable String head,
    @Nullable Long next) {

  enum Verdict {
    INTACT,
    BROKEN
  }

  record BreachView(
      Breach.Kind kind,
      @Nullable Integer revision,
      String table,
      @Nullable String item,
      String detail) {}

  static VerificationView of(Verification found) {
    Breach breach = found.breach();
    return new VerificationView(
        found.isIntact() ? Verdict.INTACT : Verdict.BROKEN,
        found.revisions(),
        found.states(),
        found.waiting(),
        breach == null
            ? null
            : new BreachView(
                breach.kind(), breach.revision(), breach.table(), breach.item(), breach.text()),
        found.head(),
        found.next());
  }
}
