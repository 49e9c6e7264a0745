package io.refdata.persistence.alert;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The result of the last delivery to each receiver: {@code performance_monitoring.alert_target}.
 */
final class ReceiverRecord {
  private ReceiverRecord() {}

  /** A server has started that tells a receiver, stopped or not. */
  static void begin(Handle handle, Receiver receiver) {
    handle.execute(
        """
        insert into performance_monitoring.alert_target (target, name) values (?, ?)
            on conflict (target) do update set name = excluded.name, stopped_at = null
        """,
        receiver.target(),
        receiver.name());
  }

  /** Others had refused perhaps, and that is no trouble any more: nobody sends to them. */
  static void forgetOthers(Handle handle, List<Receiver> receivers) {
    handle
        .createUpdate(
            """
            update performance_monitoring.alert_target set stopped_at = null
             where stopped_at is not null and target <> all(:present)
            """)
        .bindArray("present", String.class, receivers.stream().map(Receiver::target).toList())
        .execute();
  }

  static void sent(Handle handle, Receiver receiver) {
    handle.execute(
        """
        update performance_monitoring.alert_target set sent_at = clock_timestamp(), detail = null
         where target = ?
        """,
        receiver.target());
  }

  static void failed(Handle handle, Receiver receiver, String detail) {
    handle.execute(
        "update performance_monitoring.alert_target set detail = ? where target = ?",
        detail,
        receiver.target());
  }

  /** It wants no more. */
  static void stopped(Handle handle, Receiver receiver, String detail) {
    handle.execute(
        """
        insert into performance_monitoring.alert_target (target, name, stopped_at, detail)
        values (?, ?, clock_timestamp(), ?)
            on conflict (target) do update
           set stopped_at = excluded.stopped_at, detail = excluded.detail
        """,
        receiver.target(),
        receiver.name(),
        detail);
  }
}
