package io.refdata.batch.alert;

import io.refdata.persistence.Connections;
import io.refdata.persistence.alert.Delivery;
import io.refdata.persistence.alert.DeliveryQueue;
import io.refdata.persistence.alert.Receiver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the deliveries of a queue. Each receiver gets one at a time, whatever the others do: one
 * that does not answer delays only its own.
 */
final class Sending {
  private static final Logger LOG = Logger.getLogger(Sending.class);
  private static final int GONE = 410;

  private final DeliveryQueue queue;
  private final List<Receiver> receivers;
  private final Transport transport;
  private final Executor executor;
  private final Set<Receiver> busy = ConcurrentHashMap.newKeySet();

  Sending(DeliveryQueue queue, List<Receiver> receivers, Transport transport, Executor executor) {
    this.queue = queue;
    this.receivers = receivers;
    this.transport = transport;
    this.executor = executor;
  }

  /** Sends what is due to each receiver that nothing is on its way to. */
  synchronized void sendDue() {
    List<Receiver> free = receivers.stream().filter(receiver -> !busy.contains(receiver)).toList();
    if (!free.isEmpty()) {
      queue.claim(free).forEach(this::send);
    }
  }

  private void send(Receiver receiver, Delivery delivery) {
    busy.add(receiver);
    CompletableFuture<Integer> answer;
    try {
      answer = transport.send(receiver, delivery);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var ended =
        answer.whenCompleteAsync(
            (status, failure) -> {
              try {
                record(receiver, delivery, status, failure);
              } catch (RuntimeException e) {
                // It is due again, with the same id.
                LOG.debugf(e, "What came of an alert to %s was not recorded", receiver);
              } finally {
                busy.remove(receiver);
              }
              goOn();
            },
            executor);
    LOG.tracef("On its way to %s: %s", receiver, ended);
  }

  private void goOn() {
    try {
      sendDue();
    } catch (RejectedExecutionException e) {
      LOG.debug("The server ends", e);
    } catch (RuntimeException e) {
      if (!Connections.lost(e)) {
        LOG.error("Alerts could not be sent; it is tried again", e);
      }
    }
  }

  private void record(
      Receiver receiver, Delivery delivery, @Nullable Integer status, @Nullable Throwable failure) {
    if (status == null) {
      queue.failed(receiver, delivery, 0, reason(failure));
    } else if (status == GONE && receiver.kind() == Receiver.Kind.WEBHOOK) {
      queue.refused(receiver, delivery);
    } else if (status >= 200 && status < 300) {
      queue.sent(receiver, delivery, status);
    } else {
      queue.failed(receiver, delivery, status, "It answered " + status);
    }
  }

  /** The class says more than a message that is often null; neither has the address. */
  private static String reason(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause == null ? "No answer" : "No answer: " + cause.getClass().getSimpleName();
  }
}
