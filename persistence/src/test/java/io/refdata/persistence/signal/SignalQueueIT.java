package io.refdata.persistence.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.fault.PreconditionRequired;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import io.refdata.persistence.signal.SignalQueue.Claimed;
import io.refdata.persistence.signal.SignalRun.State;
import io.refdata.persistence.signal.Signals.Definition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals and the order in which they are due, on a real PostgreSQL. */
@SuppressWarnings("NullAway.Init")
class SignalQueueIT {
  private static final int TRIES = 3;
  private static final int KEPT = 2;
  private static final Precondition ANY = new Precondition(null, true, false);

  private MigratedDatabase database;
  private Jdbi jdbi;
  private Signals signals;
  private SignalRuns runs;
  private SignalQueue queue;

  @BeforeEach
  void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    signals = new Signals(jdbi);
    runs = new SignalRuns(jdbi);
    queue = queue(Duration.ofHours(1));
    for (int id = 1; id <= 6; id++) {
      int dataset = id;
      jdbi.useHandle(
          handle ->
              handle.execute(
                  "insert into curated.dataset (id, code, name, frequency, dimension_codes,"
                      + " dimension_values, interval) overriding system value"
                      + " values (?, ?, 'Data', 'D', '{a}', '{indicators}', 'YEAR')",
                  dataset,
                  "DATA_" + dataset));
    }
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private SignalQueue queue(Duration patience) {
    return new SignalQueue(jdbi, Duration.ofMinutes(5), TRIES, KEPT, patience);
  }

  private void put(String code, int source, int target) {
    put(code, List.of(source), target, new Signal.Calculation("{}"));
  }

  private void put(String code, List<Integer> topics, int target, Signal.Origin origin) {
    Code wanted = new Code(code);
    signals.put(
        wanted,
        new Definition("Signal", topics.get(0), topics, target, origin),
        signals.beside(wanted, target),
        signals.find(wanted).isEmpty() ? Precondition.NONE : ANY,
        "ann");
  }

  private int change(int dataset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select ref.open_revision(:dataset, 'test', null)")
                .bind("dataset", dataset)
                .mapTo(Integer.class)
                .one());
  }

  private List<String> claimed() {
    return queue.claim(9).stream().map(one -> one.signal().code().value()).toList();
  }

  private void runOut() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update curated.signal set claimed_until = now() - interval '1 second'"));
  }

  @Test
  void aSignalIsDueAfterEachChangeOfItsSource() {
    put("A", 1, 2);
    assertThat(queue.claim(9)).isEmpty();
    int revision = change(1);
    Claimed first = queue.claim(9).get(0);
    assertThat(first.cause()).isEqualTo(revision);
    assertThat(first.changed()).isEqualTo("DATA_1");
    assertThat(first.signal().source()).isEqualTo("DATA_1");
    assertThat(first.signal().origin()).isEqualTo(new Signal.Calculation("{}"));
    assertThat(queue.claim(9)).isEmpty();
    int later = change(1);
    change(2);
    queue.complete(first, 5, 77);
    Claimed second = queue.claim(9).get(0);
    assertThat(second.cause()).isEqualTo(later);
    queue.fail(second, "no");
    assertThat(queue.claim(9)).isEmpty();
    assertThat(runs.list(new Code("A"), Long.MAX_VALUE, 9))
        .extracting(SignalRun::state, SignalRun::rows, SignalRun::result, SignalRun::message)
        .containsExactly(tuple(State.FAILED, 0L, null, "no"), tuple(State.COMPLETED, 5L, 77, null));
  }

  @Test
  void aSignalWaitsForThoseThatItIsMadeOf() {
    put("A_LAST", 3, 4);
    put("B_MIDDLE", 2, 3);
    put("C_FIRST", 1, 2);
    for (int dataset = 1; dataset <= 3; dataset++) {
      change(dataset);
    }
    for (String next : List.of("C_FIRST", "B_MIDDLE", "A_LAST")) {
      List<Claimed> due = queue.claim(9);
      assertThat(due).extracting(one -> one.signal().code().value()).containsExactly(next);
      queue.complete(due.get(0), 0, null);
    }
    assertThat(queue.claim(9)).isEmpty();
  }

  @Test
  void aCircleIsRefused() {
    put("A", 1, 2);
    put("B", 2, 3);
    assertThatThrownBy(() -> put("C", 3, 1)).isInstanceOf(InvalidSignal.class);
    assertThatThrownBy(() -> put("C", 2, 1)).isInstanceOf(InvalidSignal.class);
    assertThatThrownBy(() -> put("C", 1, 1)).isInstanceOf(InvalidSignal.class);
    put("C", 3, 4);
    // The former definition of a signal does not count any more.
    put("A", 4, 1);
    assertThat(signals.list(null, 9))
        .extracting(Signal::source)
        .containsExactly("DATA_4", "DATA_2", "DATA_3");
  }

  @Test
  void afterACrashTheRunIsBegunAgainButNotForEver() {
    put("A", 1, 2);
    change(1);
    long run = queue.claim(1).get(0).run();
    for (int attempt = 2; attempt <= TRIES; attempt++) {
      assertThat(claimed()).isEmpty();
      runOut();
      Claimed again = queue.claim(1).get(0);
      assertThat(again.run()).isEqualTo(run);
      assertThat(again.attempt()).isEqualTo(attempt);
    }
    runOut();
    assertThat(claimed()).isEmpty();
    assertThat(runs.list(new Code("A"), Long.MAX_VALUE, 9))
        .extracting(SignalRun::state)
        .containsExactly(State.FAILED);
    runOut();
    assertThat(claimed()).isEmpty();
  }

  @Test
  void aClaimThatIsGivenBackIsNoTry() {
    put("A", 1, 2);
    change(1);
    for (int i = 0; i < 2 * TRIES; i++) {
      Claimed claimed = queue.claim(1).get(0);
      assertThat(claimed.attempt()).isEqualTo(1);
      queue.release(claimed);
    }
  }

  @Test
  void aSignalThatWasWrittenWhileItRanRunsAgain() {
    put("A", 1, 2);
    change(1);
    Claimed old = queue.claim(1).get(0);
    put("A", 1, 3);
    queue.complete(old, 1, 9);
    assertThat(queue.claim(1)).extracting(one -> one.signal().target()).containsExactly("DATA_3");
  }

  @Test
  void aSignalThatWasDeletedAndWrittenWhileItRanRunsAgain() {
    put("A", 1, 2);
    change(1);
    Claimed old = queue.claim(1).get(0);
    signals.delete(new Code("A"), ANY);
    put("A", 1, 3);
    queue.renew(old);
    queue.release(old);
    queue.complete(old, 1, 9);
    assertThat(queue.claim(1)).extracting(one -> one.signal().target()).containsExactly("DATA_3");
  }

  @Test
  void aFeatureSetIsDueAfterEachChangeOfAnythingThatItIsMadeOf() {
    Signal.FeatureSet origin = new Signal.FeatureSet(new Code("SET"), 3);
    put("A", List.of(1, 2, 0), 3, origin);
    // The reference data have revisions already.
    Claimed begin = queue.claim(1).get(0);
    assertThat(begin.changed()).isNull();
    assertThat(begin.signal().origin()).isEqualTo(origin);
    queue.complete(begin, 0, null);
    assertThat(queue.claim(1)).isEmpty();
    for (int topic : List.of(2, 1, 2, 0)) {
      int revision = change(topic);
      Claimed claimed = queue.claim(1).get(0);
      assertThat(claimed.cause()).isEqualTo(revision);
      assertThat(claimed.changed()).isEqualTo(topic == 0 ? null : "DATA_" + topic);
      // A change that comes while it runs is seen by the next run.
      int later = change(topic == 1 ? 2 : 1);
      queue.complete(claimed, 0, null);
      Claimed next = queue.claim(1).get(0);
      assertThat(next.cause()).isEqualTo(later);
      queue.complete(next, 0, null);
      assertThat(queue.claim(1)).isEmpty();
    }
    assertThat(runs.list(new Code("A"), Long.MAX_VALUE, 1).get(0).changed()).isEqualTo("DATA_1");
  }

  @Test
  void aSignalWaitsForThoseBeforeItAlsoIfOthersAreBetween() {
    put("A", List.of(3, 4), 5, new Signal.FeatureSet(new Code("SET"), 1));
    put("B", 2, 3);
    put("C", 1, 2);
    change(4);
    change(1);
    // A is due because of 4, B is not yet, but C will change 2, and B then 3.
    for (String next : List.of("C", "B", "A")) {
      List<Claimed> due = queue.claim(9);
      assertThat(due).extracting(one -> one.signal().code().value()).containsExactly(next);
      queue.complete(due.get(0), 0, null);
      change(next.equals("C") ? 2 : next.equals("B") ? 3 : 6);
    }
    assertThat(queue.claim(9)).isEmpty();
  }

  @Test
  void aCircleThroughFeatureSetsAndCalculationsIsRefused() {
    put("A", List.of(1, 2), 3, new Signal.FeatureSet(new Code("SET"), 1));
    put("B", 3, 4);
    assertThatThrownBy(() -> put("C", List.of(5, 4), 2, new Signal.FeatureSet(new Code("SET"), 1)))
        .isInstanceOf(InvalidSignal.class);
    assertThatThrownBy(() -> put("C", 4, 2)).isInstanceOf(InvalidSignal.class);
    put("C", List.of(4, 2), 5, new Signal.FeatureSet(new Code("SET"), 1));
  }

  @Test
  void aRunThatIsPutOffForTooLongFails() {
    put("A", 1, 2);
    change(1);
    assertThat(queue.putOff(queue.claim(1).get(0), Duration.ZERO, "It is locked.")).isFalse();
    Claimed again = queue.claim(1).get(0);
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(queue(Duration.ZERO).putOff(again, Duration.ZERO, "It is locked.")).isTrue();
    assertThat(queue.claim(1)).isEmpty();
    assertThat(runs.list(new Code("A"), Long.MAX_VALUE, 9))
        .extracting(SignalRun::state, SignalRun::message)
        .containsExactly(tuple(State.FAILED, "It was put off for PT0S. It is locked."));
    change(1);
    assertThat(queue.claim(1)).hasSize(1);
  }

  @Test
  void aRunThatWorkedForLongSinceItWasPutOffIsPutOffAnew() {
    put("A", 1, 2);
    change(1);
    queue.putOff(queue.claim(1).get(0), Duration.ZERO, "It is locked.");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update curated.signal_run set waits_since = waits_since - interval '65 minutes',"
                    + " waited_at = waited_at - interval '64 minutes'"));
    Claimed again = queue.claim(1).get(0);
    assertThat(queue.putOff(again, Duration.ZERO, "It is locked.")).isFalse();
    // But not one that was put off again and again.
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update curated.signal_run set waits_since = waits_since - interval '65 minutes'"));
    assertThat(queue.putOff(queue.claim(1).get(0), Duration.ZERO, "It is locked.")).isTrue();
  }

  private void hold(Claimed claimed) {
    jdbi.useTransaction(handle -> SignalQueue.hold(handle, claimed));
  }

  @Test
  void aRunWritesNothingAfterItsSignalWasWrittenAgainOrDeleted() {
    put("A", 1, 2);
    change(1);
    Claimed old = queue.claim(1).get(0);
    hold(old);
    put("A", 1, 3);
    assertThatThrownBy(() -> hold(old)).isInstanceOf(SignalOutdated.class);
    queue.complete(old, 0, null);
    Claimed next = queue.claim(1).get(0);
    hold(next);
    signals.delete(new Code("A"), ANY);
    put("A", 1, 3);
    assertThatThrownBy(() -> hold(next)).isInstanceOf(SignalOutdated.class);
  }

  @Test
  void aSignalIsWrittenOnlyBesideThoseThatItWasCheckedAgainst() {
    Definition definition =
        new Definition("Signal", 1, List.of(1), 2, new Signal.Calculation("{}"));
    Code code = new Code("A");
    List<Signal> checked = signals.beside(code, 2);
    put("B", 1, 2);
    assertThatThrownBy(() -> signals.put(code, definition, checked, Precondition.NONE, "ann"))
        .isInstanceOf(SignalsChanged.class);
    List<Signal> again = signals.beside(code, 2);
    assertThat(signals.put(code, definition, again, Precondition.NONE, "ann").created()).isTrue();
  }

  @Test
  void aSignalOfADatasetThatIsGoneIsRefused() {
    jdbi.useHandle(handle -> handle.execute("delete from curated.dataset where id = 2"));
    assertThatThrownBy(() -> put("A", 1, 2)).isInstanceOf(InvalidSignal.class);
  }

  @Test
  void aRunThatIsBegunAgainFindsWhatItHasWritten() {
    put("A", 1, 2);
    change(1);
    Claimed claimed = queue.claim(1).get(0);
    WrittenResults written = new WrittenResults(jdbi);
    assertThat(written.find(claimed, 2)).isEmpty();
    int revision =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select ref.open_revision(2, :by, :reason)")
                    .bind("by", WrittenResults.author(claimed.signal()))
                    .bind("reason", WrittenResults.reason(claimed, 12))
                    .mapTo(Integer.class)
                    .one());
    change(2);
    assertThat(written.find(claimed, 2)).contains(new WrittenResults.Earlier(12, revision));
    assertThat(written.find(claimed, 3)).isEmpty();
  }

  @Test
  void whatRetentionHasLeftIsKnownByDataset() {
    int revision = change(1);
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into curated.retired_partition (lower, upper, dataset_id, rev, kind, on_expiry, leaf)
                select u - interval '1 year', u, d, ?, 'VALUE', 'DROP', 'gone_' || extract(year from u)
                  from (values (2, timestamptz '2020-01-01Z'), (2, '2021-01-01Z'), (1, '2022-01-01Z')) as r (d, u)
                """,
                revision));
    assertThat(new RetiredInputs(jdbi).keptFrom(List.of(0, 2, 3)))
        .isEqualTo(Map.of(2, Instant.parse("2021-01-01T00:00:00Z")));
  }

  @Test
  void someRunsAreKeptAndNoneWithoutTheirSignal() {
    put("A", 1, 2);
    for (int i = 0; i < KEPT + 3; i++) {
      change(1);
      queue.complete(queue.claim(1).get(0), i, null);
    }
    Code code = new Code("A");
    assertThat(runs.list(code, Long.MAX_VALUE, 9))
        .extracting(SignalRun::rows)
        .containsExactly(KEPT + 2L, KEPT + 1L);
    assertThatThrownBy(() -> signals.delete(code, Precondition.NONE))
        .isInstanceOf(PreconditionRequired.class);
    signals.delete(code, ANY);
    assertThatThrownBy(() -> runs.list(code, Long.MAX_VALUE, 9)).isInstanceOf(NoSuchItem.class);
    put("A", 1, 2);
    assertThat(runs.list(code, Long.MAX_VALUE, 9)).isEmpty();
    jdbi.useHandle(handle -> handle.execute("delete from curated.dataset where id = 2"));
    assertThat(signals.find(code)).isEmpty();
  }
}
