package io.refdata.persistence.alert;

import org.jspecify.annotations.Nullable;

/**
 * An alert has opened, got another severity, or closed.
 *
 * @param before its severity before; NONE if it has opened
 * @param silence the silence that keeps it from being sent; null if it is sent
 */
public record AlertChange(Alert alert, Severity before, @Nullable Silence silence) {
  /** One line for the log. */
  public String line() {
    String what =
        alert.closed() != null
            ? "closed"
            : before == Severity.NONE ? "opened" : "was " + before + " before";
    return "Alert %s %s %s%s: %s%s"
        .formatted(
            alert.severity(),
            alert.rule(),
            alert.labels().isEmpty() ? "" : alert.labels() + " ",
            what,
            alert.reason(),
            silence == null ? "" : " (silenced until " + silence.until() + ")");
  }
}
