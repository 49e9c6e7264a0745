package io.refdata.persistence.audit;

import io.refdata.db.audit.Breach;
import io.refdata.db.audit.Verification;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of verifying a part of the audit trail.
 *
 * @param revisions how many revisions were verified, up to the breach
 * @param states how many audit rows they have
 * @param actions how many actions of operators were verified
 * @param removedBefore retention has removed actions that began before this instant; null if it has
 *     removed none
 * @param waiting how many revisions and actions are not sealed yet
 * @param breach the first; null if there is none
 * @param head the hash of the last link of the part, in hexadecimal; null if there was none
 * @param next the place after which to go on; null at the end and after a breach
 */
public record AuditReport(
    Verdict verdict,
    long revisions,
    long states,
    long actions,
    @Nullable String removedBefore,
    long waiting,
    @Nullable FirstBreach breach,
    @Nullable String head,
    @Nullable Long next) {

  /** Whether all is as it was sealed. */
  public enum Verdict {
    INTACT,
    BROKEN
  }

  /** The first place where the record is not what was sealed. */
  public record FirstBreach(
      String kind,
      @Nullable Integer revision,
      String table,
      @Nullable String item,
      String detail) {}

  static AuditReport of(Verification found) {
    Breach breach = found.breach();
    return new AuditReport(
        found.isIntact() ? Verdict.INTACT : Verdict.BROKEN,
        found.revisions(),
        found.states(),
        found.actions(),
        found.removedBefore() == null ? null : found.removedBefore().toString(),
        found.waiting(),
        breach == null
            ? null
            : new FirstBreach(
                breach.kind().name(),
                breach.revision(),
                breach.table(),
                breach.item(),
                breach.text()),
        found.head(),
        found.next());
  }
}
