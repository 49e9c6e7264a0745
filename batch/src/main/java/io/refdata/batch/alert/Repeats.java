package io.refdata.batch.alert;

import io.refdata.persistence.alert.Alert;
import io.refdata.persistence.alert.AlertMessage;
import io.refdata.persistence.alert.Receiver;
import io.refdata.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells Alertmanagers again and again which alerts are open: it takes an alert that it does not
 * hear of for a while as resolved. A repeat that fails is not sent again, because the next one
 * follows.
 */
final class Repeats {
  private static final Logger LOG = Logger.getLogger(Repeats.class);
  private static final Duration EVERY = Setting.ALERTS_REPEAT.time();

  private final List<Receiver> alertmanagers;
  private final Transport transport;
  private Instant due = Instant.MIN;

  Repeats(List<Receiver> receivers, Transport transport) {
    this.alertmanagers =
        receivers.stream()
            .filter(receiver -> receiver.kind() == Receiver.Kind.ALERTMANAGER)
            .toList();
    this.transport = transport;
  }

  /** Tells of alerts that are open, if it is time. */
  synchronized void repeat(List<Alert> open, Instant now) {
    if (open.isEmpty() || alertmanagers.isEmpty() || now.isBefore(due)) {
      return;
    }
    due = now.plus(EVERY);
    for (String body : AlertMessage.repeated(open, Transport.end(now))) {
      for (Receiver alertmanager : alertmanagers) {
        var answer =
            transport
                .repeat(alertmanager, body)
                .whenComplete(
                    (status, failure) ->
                        LOG.debugf(failure, "%s was told again: %s", alertmanager, status));
        LOG.tracef("Told again: %s", answer);
      }
    }
  }
}
