package io.refdata.api.monitoring;

import io.refdata.persistence.alert.Alert;
import io.refdata.persistence.alert.AlertMessage;
import io.refdata.persistence.alert.Alerts.Listed;
import io.refdata.persistence.alert.Alerts.State;
import io.refdata.persistence.alert.Silence;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An alert as operators see it; the silence is that which keeps it from being sent. */
record AlertView(
    UUID id,
    String rule,
    String severity,
    State state,
    Map<String, String> labels,
    double value,
    String reason,
    Instant opened,
    @Nullable Instant closed,
    String look,
    String runbook,
    @Nullable SilencedBy silencedBy) {

  /** A silence in short. */
  record SilencedBy(UUID id, Instant until, String reason) {
    private static SilencedBy of(Silence silence) {
      return new SilencedBy(silence.id(), silence.until(), silence.reason());
    }
  }

  static AlertView of(Listed listed) {
    Alert alert = listed.alert();
    Silence silence = listed.silence();
    return new AlertView(
        alert.id(),
        alert.rule(),
        alert.severity().name(),
        alert.closed() == null ? State.OPEN : State.CLOSED,
        alert.labels(),
        alert.value(),
        alert.reason(),
        alert.opened(),
        alert.closed(),
        alert.look(),
        AlertMessage.runbook(alert.rule()),
        silence == null ? null : SilencedBy.of(silence));
  }
}
