package io.refdata.batch.load.cell;

import io.refdata.batch.load.intake.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * The result of resolving a text: a code, nothing because the text was missing, or a reject.
 *
 * @param code null if missing or rejected
 * @param reject the reason of the reject; null unless rejected
 */
public record Resolved(@Nullable String code, @Nullable RejectReason reject) {
  static final Resolved MISSING = new Resolved(null, null);

  static Resolved of(String code) {
    return new Resolved(code, null);
  }

  static Resolved unknown(String subject, String reason) {
    return new Resolved(null, RejectReason.unknown(subject, reason));
  }

  static Resolved rejected(String code, String reason) {
    return new Resolved(null, new RejectReason(code, reason));
  }
}
