package io.refdata.persistence.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries in the database. They are written in the transaction that changes the alert, so no
 * change is lost, and none is told that was rolled back.
 */
@ApplicationScoped
public class Outbox implements DeliveryQueue {
  private static final Logger LOG = Logger.getLogger(Outbox.class);
  private static final int MOST_OF_DETAIL = 500;

  private final AlertDatabase database;
  private final List<Receiver> receivers;
  private final Retries retries;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  Outbox() {
    this(null, List.of(), null);
  }

  @Inject
  public Outbox(AlertDatabase database) {
    this(database, Receiver.ofSettings(), Retries.ofSettings());
  }

  public Outbox(AlertDatabase database, List<Receiver> receivers, Retries retries) {
    this.database = database;
    this.receivers = receivers;
    this.retries = retries;
  }

  /** Those who are told of alerts. */
  public List<Receiver> receivers() {
    return receivers;
  }

  /**
   * Adds a change of an alert for each receiver that has not refused.
   *
   * @param handle in the transaction of the change
   * @param told the severity that receivers were told before
   */
  void add(Handle handle, Alert alert, Severity told) {
    if (receivers.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into performance_monitoring.alert_delivery (alert_id, target, body)
            select :alert, :target, :body
             where not exists (select from performance_monitoring.alert_target t
                                where t.target = :target and t.stopped_at is not null)
            """);
    for (Receiver receiver : receivers) {
      batch
          .bind("alert", alert.id())
          .bind("target", receiver.target())
          .bind("body", AlertMessage.body(receiver, alert, told))
          .add();
    }
    batch.execute();
  }

  /**
   * Records the receivers of the settings; one that had refused is asked again. One that the
   * settings have no more is not waited for.
   */
  public void begin() {
    database.use(
        handle -> {
          for (Receiver receiver : receivers) {
            ReceiverRecord.begin(handle, receiver);
          }
          ReceiverRecord.forgetOthers(handle, receivers);
        });
  }

  @Override
  public Map<Receiver, Delivery> claim(List<Receiver> free) {
    Map<Receiver, Delivery> claimed = new LinkedHashMap<>();
    database.use(
        handle -> {
          for (Receiver receiver : free) {
            claim(handle, receiver).ifPresent(delivery -> claimed.put(receiver, delivery));
          }
        });
    return claimed;
  }

  /** A change waits until the changes before it of the same alert have been sent or given up. */
  private Optional<Delivery> claim(Handle handle, Receiver receiver) {
    return handle
        .createQuery(
            """
            update performance_monitoring.alert_delivery d
               set attempts = d.attempts + 1, due_at = clock_timestamp() + :sending * interval '1 ms'
             where d.id = (
               select w.id from performance_monitoring.alert_delivery w
                where w.target = :target and w.state = 'WAITING' and w.due_at <= clock_timestamp()
                  and not exists (
                    select from performance_monitoring.alert_delivery e
                     where e.alert_id = w.alert_id and e.target = w.target and e.state = 'WAITING' and e.id < w.id)
                order by w.due_at, w.id
                limit 1
                  for update skip locked)
            returning d.id, d.attempts, d.created_at, d.body
            """)
        .bind("target", receiver.target())
        .bind("sending", retries.sending().toMillis())
        .map(
            (row, context) ->
                new Delivery(
                    row.getObject("id", UUID.class),
                    row.getInt("attempts"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getString("body")))
        .findOne();
  }

  @Override
  public void sent(Receiver receiver, Delivery delivery, int status) {
    database.use(
        handle -> {
          end(handle, delivery, "SENT", status, null);
          ReceiverRecord.sent(handle, receiver);
        });
  }

  @Override
  public void failed(Receiver receiver, Delivery delivery, int status, String detail) {
    String shortly = detail.substring(0, Math.min(detail.length(), MOST_OF_DETAIL));
    boolean over = retries.areOver(delivery, Instant.now());
    Duration pause = retries.pause(delivery.attempts());
    database.use(
        handle -> {
          if (over) {
            end(handle, delivery, "GIVEN_UP", status, shortly);
          } else {
            handle.execute(
                """
                update performance_monitoring.alert_delivery
                   set due_at = clock_timestamp() + ? * interval '1 ms', status = ?, detail = ?
                 where id = ? and state = 'WAITING'
                """,
                pause.toMillis(),
                statusOrNull(status),
                shortly,
                delivery.id());
          }
          ReceiverRecord.failed(handle, receiver, shortly);
        });
    if (over) {
      LOG.warnf(
          "An alert was not sent to %s in %d attempts: %s",
          receiver.name(), delivery.attempts(), shortly);
    }
  }

  @Override
  public void refused(Receiver receiver, Delivery delivery) {
    String detail = "It answered 410 Gone: nothing is sent to it until the server is started again";
    database.use(
        handle ->
            handle.useTransaction(
                transaction -> {
                  ReceiverRecord.stopped(transaction, receiver, detail);
                  transaction.execute(
                      """
                      update performance_monitoring.alert_delivery
                         set state = 'GIVEN_UP', ended_at = clock_timestamp(), detail = ?,
                             status = case when id = ? then 410 else status end
                       where target = ? and state = 'WAITING'
                      """,
                      detail,
                      delivery.id(),
                      receiver.target());
                }));
    LOG.warnf("%s: %s", receiver.name(), detail);
  }

  /** Ends what has waited for too long, also for receivers that the settings no longer have. */
  void giveUpOld(Handle handle) {
    handle.execute(
        """
        update performance_monitoring.alert_delivery
           set state = 'GIVEN_UP', ended_at = clock_timestamp()
         where state = 'WAITING' and due_at <= clock_timestamp()
           and created_at < clock_timestamp() - ? * interval '1 ms'
        """,
        retries.age().toMillis());
  }

  private static void end(
      Handle handle, Delivery delivery, String state, int status, @Nullable String detail) {
    handle.execute(
        """
        update performance_monitoring.alert_delivery
           set state = ?, ended_at = clock_timestamp(), status = ?, detail = ?
         where id = ? and state = 'WAITING'
        """,
        state,
        statusOrNull(status),
        detail,
        delivery.id());
  }

  /** 0 is that of no answer. */
  private static @Nullable Integer statusOrNull(int status) {
    return status == 0 ? null : status;
  }
}
