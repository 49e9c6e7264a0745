package io.refdata.batch.alert;

import io.refdata.persistence.alert.Alert;
import io.refdata.persistence.alert.AlertMessage;
import io.refdata.persistence.alert.Delivery;
import io.refdata.persistence.alert.DeliveryQueue;
import io.refdata.persistence.alert.Receiver;
import io.refdata.persistence.alert.Retries;
import io.refdata.persistence.alert.Severity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The deliveries of what can't be written into the database because it is down. There are few: that
 * it is down, and that it is back. They end with the server.
 */
final class MemoryQueue implements DeliveryQueue {
  private static final Logger LOG = Logger.getLogger(MemoryQueue.class);

  /** If more wait, the oldest are dropped: the last ones say how it stands. */
  private static final int MOST = 20;

  private record Waiting(Delivery delivery, Instant due) {}

  private final Map<Receiver, Deque<Waiting>> waiting = new HashMap<>();
  private final Set<Receiver> stopped = new HashSet<>();
  private final Retries retries;

  MemoryQueue(Retries retries) {
    this.retries = retries;
  }

  /** Adds a change of an alert for each receiver. */
  synchronized void add(List<Receiver> receivers, Alert alert, Severity told) {
    Instant now = Instant.now();
    for (Receiver receiver : receivers) {
      if (!stopped.contains(receiver)) {
        Deque<Waiting> own = waiting.computeIfAbsent(receiver, added -> new ArrayDeque<>());
        String body = AlertMessage.body(receiver, alert, told);
        own.addLast(new Waiting(new Delivery(UUID.randomUUID(), 0, now, body), now));
        if (own.size() > MOST) {
          own.removeFirst();
        }
      }
    }
  }

  @Override
  public synchronized Map<Receiver, Delivery> claim(List<Receiver> receivers) {
    Map<Receiver, Delivery> claimed = new LinkedHashMap<>();
    Instant now = Instant.now();
    for (Receiver receiver : receivers) {
      Deque<Waiting> own = waiting.getOrDefault(receiver, new ArrayDeque<>());
      Waiting first = own.peekFirst();
      if (first != null && !first.due().isAfter(now)) {
        own.removeFirst();
        Delivery delivery = first.delivery();
        Delivery sent =
            new Delivery(
                delivery.id(), delivery.attempts() + 1, delivery.created(), delivery.body());
        own.addFirst(new Waiting(sent, now.plus(retries.sending())));
        claimed.put(receiver, sent);
      }
    }
    return claimed;
  }

  @Override
  public synchronized void sent(Receiver receiver, Delivery delivery, int status) {
    remove(receiver, delivery);
  }

  @Override
  public synchronized void failed(Receiver receiver, Delivery delivery, int status, String detail) {
    Instant now = Instant.now();
    if (retries.areOver(delivery, now)) {
      remove(receiver, delivery);
      LOG.warnf("An alert was not sent to %s: %s", receiver.name(), detail);
    } else if (remove(receiver, delivery)) {
      waiting
          .getOrDefault(receiver, new ArrayDeque<>())
          .addFirst(new Waiting(delivery, now.plus(retries.pause(delivery.attempts()))));
    }
  }

  @Override
  public synchronized void refused(Receiver receiver, Delivery delivery) {
    stopped.add(receiver);
    waiting.remove(receiver);
    LOG.warnf("%s answered 410 Gone: nothing is sent to it", receiver.name());
  }

  private boolean remove(Receiver receiver, Delivery delivery) {
    return waiting
        .getOrDefault(receiver, new ArrayDeque<>())
        .removeIf(one -> one.delivery().id().equals(delivery.id()));
  }
}
