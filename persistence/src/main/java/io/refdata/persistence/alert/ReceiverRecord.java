package io.refdata.persistence.alert;

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
