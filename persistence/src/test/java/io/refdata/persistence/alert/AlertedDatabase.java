package io.refdata.persistence.alert;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A database of its own for a test class, and what looks for alerts in it. */
public final class AlertedDatabase implements AutoCloseable {
  /** A receiver that nobody sends to here. */
  public static final Receiver RECEIVER =
      new Receiver(Receiver.Kind.WEBHOOK, URI.create("http://localhost:1/hook"));

  private static final Retries RETRIES =
      new Retries(
          3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofDays(1), Duration.ofMinutes(1));

  private final MigratedDatabase database = MigratedDatabase.create();
  public final Jdbi jdbi = Database.of(database.dataSource());
  public final AlertDatabase session = new AlertDatabase(database.dataSource());
  public final Outbox outbox;
  public final AlertLooks looks;

  public AlertedDatabase(AlertRule... rules) {
    this.outbox = new Outbox(session, List.of(RECEIVER), RETRIES);
    this.looks = new AlertLooks(new AlertRules(List.of(rules)), outbox);
  }

  public String url() {
    return database.url();
  }

  public String user() {
    return database.user();
  }

  public String password() {
    return database.password();
  }

  /** Looks at the rules of the platform. */
  public List<AlertChange> look(Instant now) {
    return session.with(
        handle -> looks.atPlatform(handle, looks.know(handle, now), now).orElseThrow().changes());
  }

  /** Looks at the rules of a node. */
  public List<AlertChange> look(String node, Instant now) {
    return session.with(handle -> looks.atNode(handle, node, looks.know(handle, now), now));
  }

  /** The bodies in the outbox, in their order. */
  public List<String> bodies() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select body from performance_monitoring.alert_delivery order by id")
                .mapTo(String.class)
                .list());
  }

  @Override
  public void close() {
    session.close();
    database.close();
  }
}
