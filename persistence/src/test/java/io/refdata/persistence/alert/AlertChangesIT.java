package io.refdata.persistence.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.persistence.alert.AlertRule.Scope;
import io.refdata.persistence.alert.Alerts.Filter;
import io.refdata.persistence.alert.Alerts.Listed;
import io.refdata.persistence.alert.Alerts.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Alerts open and close on a real PostgreSQL, by a clock that the test moves. */
@SuppressWarnings("NullAway.Init")
class AlertChangesIT {
  private static final Filter ANY = new Filter(null, null, List.of());

  private final Thermometer heat = new Thermometer("HEAT", Scope.PLATFORM);
  private final Thermometer fever = new Thermometer("FEVER", Scope.NODE);
  private AlertedDatabase database;
  private Instant now = Instant.parse("2026-11-27T08:00:00Z");

  /** A rule whose values the test sets. */
  private static final class Thermometer implements AlertRule {
    private final String name;
    private final Scope scope;
    private final List<Situation> found = new ArrayList<>();
    private boolean fails;

    private Thermometer(String name, Scope scope) {
      this.name = name;
      this.scope = scope;
    }

    private void shows(String room, double value) {
      found.clear();
      found.add(new Situation(Map.of("room", room), value, "It is " + value + " in " + room));
    }

    @Override
    public Description description() {
      return new Description(name, scope, "degrees", Bounds.atLeast(30.0, 40.0), "/rooms");
    }

    @Override
    public List<Situation> evaluate(Handle database) {
      if (fails) {
        throw new IllegalStateException("broken on purpose");
      }
      return List.copyOf(found);
    }
  }

  @BeforeEach
  void start() {
    database = new AlertedDatabase(heat, fever);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private List<AlertChange> look(int times) {
    List<AlertChange> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(database.look(now));
      now = now.plus(Duration.ofSeconds(15));
    }
    return all;
  }

  private List<Listed> listed(Filter filter) {
    return new Alerts(database.jdbi).list(filter, null, 10);
  }

  @Test
  void anAlertOpensGetsWorseAndClosesAsOneAlert() {
    Instant began = now;
    heat.shows("attic", 33);
    assertThat(look(2)).isEmpty();
    assertThat(listed(ANY)).isEmpty();
    assertThat(look(1))
        .singleElement()
        .satisfies(change -> assertThat(change.line()).contains("WARNING HEAT", "opened", "33"));
    heat.shows("attic", 45);
    assertThat(look(3)).hasSize(1);
    assertThat(listed(new Filter(State.OPEN, Severity.CRITICAL, List.of("HEAT"))))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.alert().opened()).isEqualTo(began.plusSeconds(30));
              assertThat(one.alert().value()).isEqualTo(45);
              assertThat(one.alert().reason()).isEqualTo("It is 45.0 in attic");
            });
    heat.found.clear();
    assertThat(look(3)).hasSize(1);
    assertThat(listed(new Filter(State.CLOSED, null, List.of())))
        .singleElement()
        .satisfies(one -> assertThat(one.alert().reason()).isEqualTo("It is 45.0 in attic"));
    assertThat(listed(new Filter(State.OPEN, null, List.of()))).isEmpty();
    assertThat(database.bodies()).hasSize(3);
    assertThat(database.bodies().get(0)).contains("\"firing\"", "\"severity\":\"warning\"");
    assertThat(database.bodies().get(1)).contains("\"firing\"", "\"severity\":\"critical\"");
    assertThat(database.bodies().get(2)).contains("\"resolved\"", "\"severity\":\"critical\"");
  }

  @Test
  void whatDoesNotLastLeavesNothing() {
    heat.shows("attic", 99);
    look(2);
    heat.found.clear();
    assertThat(look(1)).isEmpty();
    long rows =
        database.jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from performance_monitoring.alert")
                    .mapTo(Long.class)
                    .one());
    assertThat(rows).isZero();
    assertThat(database.bodies()).isEmpty();
  }

  @Test
  void aRuleThatFailsLeavesItsAlertsAsTheyAre() {
    heat.shows("attic", 33);
    look(3);
    heat.fails = true;
    assertThat(look(10)).isEmpty();
    assertThat(listed(new Filter(State.OPEN, null, List.of()))).hasSize(1);
  }

  @Test
  void aSilencedAlertIsOnRecordAndIsSentWhenTheSilenceEnds() {
    Silence silence =
        new Silences(database.jdbi)
            .begin(
                Map.of("alertname", "HEAT", "room", "attic"),
                Instant.now().plusSeconds(3_600),
                "It is summer",
                "somebody")
            .orElseThrow();
    heat.shows("attic", 33);
    assertThat(look(3))
        .singleElement()
        .satisfies(change -> assertThat(change.silence()).isEqualTo(silence));
    assertThat(listed(ANY))
        .singleElement()
        .satisfies(one -> assertThat(one.silence()).isEqualTo(silence));
    heat.found.clear();
    assertThat(look(3)).hasSize(1);
    assertThat(database.bodies()).isEmpty();

    heat.shows("attic", 34);
    look(3);
    assertThat(database.bodies()).isEmpty();
    assertThat(new Silences(database.jdbi).end(silence.id())).isTrue();
    now = Instant.now().plusSeconds(1);
    look(1);
    assertThat(database.bodies()).singleElement().asString().contains("firing", "34");
  }

  @Test
  void theAlertsOfANodeBelongToIt() {
    fever.shows("ward", 41);
    for (int i = 0; i < 3; i++) {
      database.look("one", now);
      now = now.plusSeconds(15);
    }
    fever.found.clear();
    database.look("two", now);
    look(2);
    assertThat(listed(new Filter(State.OPEN, null, List.of("FEVER"))))
        .singleElement()
        .satisfies(one -> assertThat(one.alert().labels()).containsEntry("node", "one"));
    now = now.plus(Duration.ofMinutes(6));
    assertThat(look(1)).as("node one looks no more").hasSize(1);
    assertThat(listed(new Filter(State.OPEN, null, List.of()))).isEmpty();
  }

  @Test
  void operatorsChangeBoundsAndTurnRulesOff() {
    heat.shows("attic", 33);
    look(3);
    database.jdbi.useHandle(
        handle ->
            new AlertRules(List.of(heat))
                .change(
                    handle,
                    heat,
                    new AlertRules.Change(50.0, 60.0, null, Duration.ZERO, null, true)));
    assertThat(look(3)).hasSize(1);
    assertThat(listed(new Filter(State.OPEN, null, List.of()))).isEmpty();
    heat.shows("attic", 61);
    assertThat(look(1)).hasSize(1);
    database.jdbi.useHandle(
        handle ->
            new AlertRules(List.of(heat))
                .change(handle, heat, new AlertRules.Change(null, null, null, null, null, false)));
    assertThat(look(3)).hasSize(1);
    assertThat(listed(new Filter(State.OPEN, null, List.of()))).isEmpty();
  }

  @Test
  void aRolledBackChangeSendsNothing() {
    database.session.use(
        handle ->
            handle.execute(
                "create function refuse() returns trigger language plpgsql as "
                    + "$$ begin raise exception 'refused'; end $$"));
    database.session.use(
        handle ->
            handle.execute(
                "create constraint trigger refuse after insert on performance_monitoring.alert"
                    + " deferrable initially deferred for each row execute function refuse()"));
    Bounds atOnce = Bounds.atLeast(30.0, 40.0).openAfter(Duration.ZERO);
    heat.shows("attic", 33);
    assertThatThrownBy(
            () ->
                database.session.with(
                    handle ->
                        new AlertChanges(database.outbox)
                            .apply(
                                handle,
                                new AlertRules.InForce(heat, atOnce, true, null),
                                null,
                                List.of(),
                                heat.found,
                                database.looks.standard(),
                                now)))
        .hasStackTraceContaining("refused");
    assertThat(database.bodies()).isEmpty();
    assertThat(listed(ANY)).isEmpty();
  }

  @Test
  void aDatabaseThatRefusesTheSessionIsDown() {
    PGSimpleDataSource missing = new PGSimpleDataSource();
    missing.setUrl(database.url().replaceFirst("/[^/?]+($|\\?)", "/missing$1"));
    missing.setUser(database.user());
    missing.setPassword(database.password());
    AlertDatabase refused = new AlertDatabase(missing);
    assertThatThrownBy(() -> refused.use(handle -> {}))
        .hasStackTraceContaining("\"missing\" does not exist")
        .matches(AlertDatabase::isDown);
    assertThatThrownBy(() -> database.session.use(handle -> handle.execute("select 1 / 0")))
        .as("a statement that fails")
        .matches(failure -> !AlertDatabase.isDown(failure));
  }

  @Test
  void anOutageIsAnAlertInMemory() {
    AlertRule down = new io.refdata.persistence.alert.rule.DatabaseDown();
    AlertLooks.Known known =
        new AlertLooks(new AlertRules(List.of(down)), database.outbox).standard();
    MemoryAlert outage = new MemoryAlert(down, "one");
    Situation bad = new Situation(Map.of(), 1, "No answer");
    assertThat(outage.look(bad, known, now)).isEmpty();
    assertThat(outage.look(bad, known, now.plusSeconds(30)).orElseThrow().tells()).isTrue();
    assertThat(outage.look(bad, known, now.plusSeconds(45))).isEmpty();
    assertThat(outage.told()).hasSize(1);
    assertThat(outage.look(null, known, now.plusSeconds(60))).isEmpty();
    Alert closed = outage.look(null, known, now.plusSeconds(90)).orElseThrow().change().alert();
    assertThat(closed.closed()).isEqualTo(now.plusSeconds(90));
    database.session.use(handle -> database.looks.record(handle, closed, "one"));
    assertThat(listed(ANY)).extracting(one -> one.alert().id()).containsExactly(closed.id());
  }
}
