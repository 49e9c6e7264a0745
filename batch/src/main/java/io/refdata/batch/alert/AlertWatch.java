package io.refdata.batch.alert;

import io.refdata.persistence.Recurring;
import io.refdata.persistence.alert.Alert;
import io.refdata.persistence.alert.AlertChange;
import io.refdata.persistence.alert.AlertDatabase;
import io.refdata.persistence.alert.AlertLooks;
import io.refdata.persistence.alert.AlertLooks.Known;
import io.refdata.persistence.alert.AlertLooks.Seen;
import io.refdata.persistence.alert.MemoryAlert;
import io.refdata.persistence.alert.MemoryAlert.Changed;
import io.refdata.persistence.alert.Node;
import io.refdata.persistence.alert.Outbox;
import io.refdata.persistence.alert.Retries;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.alert.rule.DatabaseDown;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Looks at the rules of alerts again and again, and has what changed sent. While the database is
 * down, it says that from memory.
 */
@ApplicationScoped
public class AlertWatch {
  private static final Logger LOG = Logger.getLogger(AlertWatch.class);
  private static final Duration TICK = Setting.ALERTS_TICK.time();

  /** Between two looks for deliveries whose pause is over. */
  private static final Duration BETWEEN_SENDS = Duration.ofSeconds(2);

  @Inject private AlertDatabase database;
  @Inject private AlertLooks looks;
  @Inject private Outbox outbox;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  private final String node = Node.name();
  private final MemoryQueue memory = new MemoryQueue(Retries.ofSettings());
  private final List<ScheduledFuture<?>> running = new ArrayList<>();
  private MemoryAlert outage;
  private Known known;
  private Sending fromDatabase;
  private Sending fromMemory;
  private Repeats repeats;
  private boolean begun;
  private volatile boolean down;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public AlertWatch() {}

  void begin(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object event) {
    known = looks.standard();
    outage = new MemoryAlert(known.rule(DatabaseDown.NAME).orElseThrow().rule(), node);
    Transport transport = new Transport(scheduler);
    fromDatabase = new Sending(outbox, outbox.receivers(), transport, scheduler);
    fromMemory = new Sending(memory, outbox.receivers(), transport, scheduler);
    repeats = new Repeats(outbox.receivers(), transport);
    running.add(every(TICK, new Recurring("Looking for alerts", this::look)));
    if (!outbox.receivers().isEmpty()) {
      running.add(every(BETWEEN_SENDS, new Recurring("Sending alerts", this::send)));
    }
  }

  private ScheduledFuture<?> every(Duration time, Runnable work) {
    return scheduler.scheduleWithFixedDelay(
        work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void end() {
    running.forEach(task -> task.cancel(true));
  }

  private void look() {
    try {
      List<AlertChange> changes = database.with(this::look).orElse(List.of());
      changes.forEach(AlertWatch::log);
      down = false;
      send();
    } catch (RuntimeException e) {
      if (AlertDatabase.isDown(e)) {
        down = true;
        LOG.debug("The database cannot be reached", e);
        outage
            .look(
                new Situation(Map.of(), 1, "Node " + node + " cannot reach the database."),
                known,
                Instant.now())
            .ifPresent(this::tell);
        repeats.repeat(outage.told(), Instant.now());
        fromMemory.sendDue();
      } else {
        LOG.error("Alerts could not be looked for; it is tried again", e);
      }
    }
  }

  private Optional<List<AlertChange>> look(Handle handle) {
    Instant now = Instant.now();
    if (!begun) {
      outbox.begin();
      begun = true;
    }
    known = looks.know(handle, now);
    outage.look(null, known, now).ifPresent(changed -> recover(handle, changed));
    List<AlertChange> changes = new ArrayList<>(looks.atNode(handle, node, known, now));
    Optional<Seen> seen = looks.atPlatform(handle, known, now);
    seen.map(Seen::changes).ifPresent(changes::addAll);
    List<Alert> told = new ArrayList<>(outage.told());
    seen.map(Seen::told).ifPresent(told::addAll);
    repeats.repeat(told, now);
    return Optional.of(changes);
  }

  private void recover(Handle handle, Changed changed) {
    tell(changed);
    looks.record(handle, changed.change().alert(), node);
  }

  private void tell(Changed changed) {
    log(changed.change());
    if (changed.tells()) {
      memory.add(outbox.receivers(), changed.change().alert(), changed.told());
    }
  }

  private static void log(AlertChange change) {
    if (change.alert().closed() == null) {
      LOG.warn(change.line());
    } else {
      LOG.info(change.line());
    }
  }

  private void send() {
    try {
      fromMemory.sendDue();
      if (!down) {
        fromDatabase.sendDue();
      }
    } catch (RuntimeException e) {
      if (AlertDatabase.isDown(e)) {
        LOG.debug("Alerts wait for the database", e);
      } else {
        LOG.error("Alerts could not be sent; it is tried again", e);
      }
    }
  }
}
