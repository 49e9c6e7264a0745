package io.refdata.batch.load.cell;

import io.refdata.batch.load.intake.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * What a text turned out to mean: a code, nothing because it was missing, or a reason to refuse it.
 *
 * @param code null if missing or refused
 * @param refused null unless refused
 */
public record Resolved(@Nullable String code, @Nullable RejectReason refused) {
  static final Resolved MISSING = new Resolved(null, null);

  static Resolved of(String code) {
    return new Resolved(code, null);
  }

  static Resolved refused(String code, String reason) {
    return new Resolved(null, new RejectReason(code, reason));
  }
}
