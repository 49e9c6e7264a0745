package io.refdata.batch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.refdata.batch.alert.Listener.Heard;
import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.alert.AlertDatabase;
import io.refdata.persistence.alert.AlertLooks;
import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.AlertRules;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.MemoryAlert;
import io.refdata.persistence.alert.Outbox;
import io.refdata.persistence.alert.Receiver;
import io.refdata.persistence.alert.Receiver.Kind;
import io.refdata.persistence.alert.Retries;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.alert.rule.DatabaseDown;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.core.ThrowingRunnable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts on their way from a real PostgreSQL to real receivers. */
@SuppressWarnings("NullAway.Init")
class OutboxIT {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<Listener> listeners = new ArrayList<>();
  private final Room room = new Room();
  private MigratedDatabase database;
  private AlertDatabase session;
  private Outbox outbox;
  private AlertLooks looks;
  private Sending sending;

  /** A rule that opens and closes at once. */
  private static final class Room implements AlertRule {
    private final List<Situation> found = new ArrayList<>();

    @Override
    public Description description() {
      Bounds atOnce = new Bounds(Bounds.Worse.HIGH, 1.0, null, 0.1, Duration.ZERO, Duration.ZERO);
      return new Description("ROOM", Scope.PLATFORM, "rooms", atOnce, "/rooms");
    }

    @Override
    public List<Situation> evaluate(Handle database) {
      return List.copyOf(found);
    }
  }

  @BeforeEach
  void start() {
    database = MigratedDatabase.create();
    session = new AlertDatabase(database.dataSource());
  }

  @AfterEach
  void stop() {
    listeners.forEach(Listener::close);
    threads.shutdownNow();
    session.close();
    database.close();
  }

  private Listener listener(int... answers) throws IOException {
    Listener listener = new Listener(answers);
    listeners.add(listener);
    return listener;
  }

  private void sendTo(int attempts, Receiver... receivers) {
    Retries retries =
        new Retries(
            attempts,
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofDays(1),
            Duration.ofMinutes(1));
    outbox = new Outbox(session, List.of(receivers), retries);
    outbox.begin();
    looks = new AlertLooks(new AlertRules(List.of(room)), outbox);
    Transport transport =
        new Transport(threads, SECRET, Duration.ofSeconds(2), Duration.ofSeconds(2));
    sending = new Sending(outbox, outbox.receivers(), transport, threads);
  }

  private void open(String name) {
    room.found.add(new Situation(Map.of("room", name), 1, "It is hot"));
    look();
  }

  private void closeAll() {
    room.found.clear();
    look();
  }

  private void look() {
    Instant now = Instant.now();
    session.with(handle -> looks.atPlatform(handle, looks.know(handle, now), now));
  }

  private long count(String condition) {
    return Database.of(database.dataSource())
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from performance_monitoring.alert_delivery where "
                            + condition)
                    .mapTo(Long.class)
                    .one());
  }

  private void sendUntil(ThrowingRunnable enough) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              sending.sendDue();
              enough.run();
            });
  }

  @Test
  void whatFailsIsSentAgainWithTheSameId() throws IOException {
    Listener listener = listener(500, 302, 204);
    sendTo(10, listener.receiver(Kind.WEBHOOK));
    open("attic");
    sendUntil(() -> assertThat(count("state = 'SENT' and attempts = 3")).isEqualTo(1));
    assertThat(listener.heard).hasSize(3).extracting(Heard::path).containsOnly("/hook");
    assertThat(listener.heard).extracting(Heard::id).containsOnly(listener.heard.get(0).id());
    Heard last = listener.heard.get(2);
    assertThat(last.id()).startsWith("msg_");
    assertThat(last.signature())
        .isEqualTo(
            new Signature(SECRET)
                .of(
                    last.id(),
                    Instant.ofEpochSecond(Long.parseLong(last.timestamp())),
                    last.body()));
    assertThat(last.body())
        .contains("\"version\":\"4\"", "\"firing\"", "\"alertname\":\"ROOM\"", "0001-01-01");
  }

  @Test
  void anAlertClosesAtTheReceiverAfterItHasOpened() throws IOException {
    Listener listener = listener(500, 500, 200);
    sendTo(10, listener.receiver(Kind.WEBHOOK));
    open("attic");
    closeAll();
    sendUntil(() -> assertThat(count("state = 'SENT'")).isEqualTo(2));
    assertThat(listener.heard).hasSize(4);
    assertThat(listener.heard.get(2).body()).contains("firing");
    assertThat(listener.heard.get(3).body()).contains("resolved").doesNotContain("0001-01-01");
  }

  @Test
  void whoIsGoneGetsNothingMore() throws IOException {
    Listener gone = listener(410);
    Listener other = listener(200);
    sendTo(10, gone.receiver(Kind.WEBHOOK), other.receiver(Kind.WEBHOOK));
    open("attic");
    open("cellar");
    sendUntil(() -> assertThat(count("state = 'WAITING'")).isZero());
    open("hall");
    sendUntil(() -> assertThat(count("state = 'SENT'")).isEqualTo(3));
    assertThat(gone.heard).hasSize(1);
    assertThat(count("state = 'GIVEN_UP'")).isEqualTo(2);
    outbox.begin();
    open("loft");
    sendUntil(() -> assertThat(gone.heard).hasSize(2));
  }

  @Test
  void oneThatDoesNotAnswerDelaysNobodyElse() throws IOException {
    Listener hanging = listener(Listener.NEVER);
    Listener other = listener(200);
    sendTo(10, hanging.receiver(Kind.WEBHOOK), other.receiver(Kind.WEBHOOK));
    for (int i = 0; i < 20; i++) {
      open("room" + i);
    }
    long start = System.nanoTime();
    sendUntil(() -> assertThat(other.heard).hasSize(20));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    sendUntil(
        () -> assertThat(count("state = 'WAITING' and detail like 'No answer%'")).isPositive());
  }

  @Test
  void attemptsAreBounded() throws IOException {
    Listener listener = listener(503);
    sendTo(3, listener.receiver(Kind.WEBHOOK));
    open("attic");
    sendUntil(() -> assertThat(count("state = 'GIVEN_UP' and status = 503")).isEqualTo(1));
    assertThat(listener.heard).hasSize(3);
  }

  @Test
  void anAlertmanagerGetsItsOwnForm() throws IOException {
    Listener listener = listener(200);
    sendTo(3, listener.receiver(Kind.ALERTMANAGER));
    Instant before = Instant.now();
    open("attic");
    closeAll();
    sendUntil(() -> assertThat(listener.heard).hasSize(2));
    Heard firing = listener.heard.get(0);
    assertThat(firing.signature()).isEmpty();
    assertThat(firing.body()).startsWith("[{\"labels\":");
    Instant end = Instant.parse(firing.body().replaceAll(".*\"endsAt\":\"([^\"]+)\".*", "$1"));
    assertThat(end).isAfter(before.plusSeconds(200));
    Instant closed =
        Instant.parse(listener.heard.get(1).body().replaceAll(".*\"endsAt\":\"([^\"]+)\".*", "$1"));
    assertThat(closed).isBefore(Instant.now());
  }

  @Test
  void whatTheDatabaseCannotHoldIsSentFromMemory() throws IOException {
    Listener listener = listener(500, 200);
    sendTo(10, listener.receiver(Kind.WEBHOOK));
    MemoryQueue memory =
        new MemoryQueue(
            new Retries(
                10,
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                Duration.ofDays(1),
                Duration.ofMinutes(1)));
    sending =
        new Sending(
            memory,
            outbox.receivers(),
            new Transport(threads, SECRET, Duration.ofSeconds(2), Duration.ofSeconds(2)),
            threads);
    AlertRule down = new DatabaseDown();
    AlertLooks.Known known = new AlertLooks(new AlertRules(List.of(down)), outbox).standard();
    var alert = new MemoryAlert(down, "one");
    Instant now = Instant.now();
    Situation bad = new Situation(Map.of(), 1, "No answer");
    alert.look(bad, known, now.minusSeconds(60));
    var changed = alert.look(bad, known, now).orElseThrow();
    memory.add(outbox.receivers(), changed.change().alert(), changed.told());
    sendUntil(() -> assertThat(listener.heard).hasSize(2));
    assertThat(listener.heard).extracting(Heard::id).containsOnly(listener.heard.get(0).id());
    assertThat(listener.heard.get(0).body()).contains("DATABASE_DOWN", "\"node\":\"one\"");
  }
}
