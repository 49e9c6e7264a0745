package io.refdata.persistence.audit;

import io.refdata.db.audit.AuditChain;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/** The audit trail of all revisions and actions, as it is now and as it was sealed. */
@Dependent
public class AuditTrail {
  private final Jdbi jdbi;

  @Inject
  public AuditTrail(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Verifies a part of it, in one snapshot.
   *
   * @param after the place in the chain after which to begin; 0 for all
   * @param head a hash that must be in the chain, in hexadecimal; null if none is known
   * @param most how many revisions and links of actions to verify at most
   */
  public AuditReport verify(long after, @Nullable String head, int most) {
    return Snapshot.ask(
        jdbi,
        handle -> {
          try {
            return AuditReport.of(
                new AuditChain(handle.getConnection())
                    .verify(after, head, most, Setting.AUDIT_VERIFIED_STATES.number()));
          } catch (SQLException e) {
            throw new ResultSetException("Verifying the audit trail", e, null);
          }
        });
  }
}
