package io.refdata.persistence.alert;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * For some time, alerts with certain labels are not sent. They open and close on record.
 *
 * @param matchers labels that an alert must have, all of them
 * @param until when it ends
 */
public record Silence(
    UUID id,
    Instant created,
    Instant until,
    Map<String, String> matchers,
    String reason,
    String author) {

  /** True if an alert with these labels is not sent. */
  public boolean matches(Map<String, String> labels) {
    return labels.entrySet().containsAll(matchers.entrySet());
  }
}
