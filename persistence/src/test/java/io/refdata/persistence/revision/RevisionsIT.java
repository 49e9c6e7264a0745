package io.refdata.persistence.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.Database;
import io.refdata.persistence.sql.StatementTimes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which revisions instants stand for, on a real database. */
@SuppressWarnings("NullAway.Init")
class RevisionsIT {
  private static final int WRITES = 60;
  private static final int TOPICS = 2;
  private static final StatementTimes LOOKUPS = StatementTimes.of("Revisions.find");

  private static MigratedDatabase database;
  private static Jdbi jdbi;

  private record Stamped(int revision, Instant at) {}

  private record Answer(int topic, Instant at, int revision) {}

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Stamped write(int topic) {
    int revision =
        jdbi.inTransaction(handle -> Revisions.open(handle, topic, new Author("test", null)));
    return new Stamped(
        revision,
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select at from ref.revision where rev = ?")
                    .bind(0, revision)
                    .mapTo(Instant.class)
                    .one()));
  }

  private static Instant clock() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select clock_timestamp()").mapTo(Instant.class).one());
  }

  @Test
  void oneLookUpFindsARevisionForAllInstantsUpToTheNext() {
    Revisions revisions = new Revisions(jdbi);
    Stamped first = write(91);
    Stamped second = write(91);
    long before = LOOKUPS.calls();
    assertThat(revisions.asOf(91, first.at())).contains(first.revision());
    assertThat(revisions.asOf(91, second.at().minusNanos(1_000))).contains(first.revision());
    assertThat(LOOKUPS.calls() - before).isEqualTo(1);
    assertThat(revisions.asOf(91, second.at())).contains(second.revision());
    assertThat(revisions.asOf(91, first.at().minusNanos(1_000))).contains(0);
    assertThat(LOOKUPS.calls() - before).isEqualTo(3);
  }

  @Test
  void oneLookUpFindsTheLatestRevisionForAllInstantsThatHavePassed() {
    Revisions revisions = new Revisions(jdbi);
    Stamped latest = write(92);
    await().until(() -> clock().isAfter(latest.at().plusMillis(20)));
    long before = LOOKUPS.calls();
    assertThat(revisions.asOf(92, latest.at())).contains(latest.revision());
    assertThat(revisions.asOf(92, latest.at().plusMillis(10))).contains(latest.revision());
    assertThat(LOOKUPS.calls() - before).isEqualTo(1);
    Stamped next = write(92);
    assertThat(revisions.asOf(92, next.at())).contains(next.revision());
    assertThat(revisions.asOf(92, next.at().minusNanos(1_000))).contains(latest.revision());
  }

  @Test
  void noAnswerThatIsGivenBesideWritersIsWrongLater() {
    Revisions revisions = new Revisions(jdbi);
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int topic = 1; topic <= TOPICS; topic++) {
      int own = topic;
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < WRITES; i++) {
                  write(own);
                }
              }));
    }
    CompletableFuture<Void> done =
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
    List<Answer> answers = new ArrayList<>();
    while (!done.isDone()) {
      Instant now = clock();
      for (int back = 0; back < 20_000; back += 1 + back) {
        Instant at = now.minusNanos(1_000L * back);
        for (int topic = 1; topic <= TOPICS; topic++) {
          int asked = topic;
          revisions
              .asOf(topic, at)
              .ifPresent(revision -> answers.add(new Answer(asked, at, revision)));
        }
      }
    }
    done.join();
    assertThat(answers).hasSizeGreaterThan(WRITES);
    Map<Integer, TreeMap<Instant, Integer>> stamped = stamped();
    for (Answer answer : answers) {
      assertThat(answer.revision())
          .as(answer.toString())
          .isEqualTo(latest(stamped.getOrDefault(answer.topic(), new TreeMap<>()), answer.at()));
    }
  }

  private static int latest(TreeMap<Instant, Integer> stamped, Instant at) {
    Map.Entry<Instant, Integer> latest = stamped.floorEntry(at);
    return latest == null ? 0 : latest.getValue();
  }

  /** All revisions by topic and stamp. */
  private static Map<Integer, TreeMap<Instant, Integer>> stamped() {
    Map<Integer, TreeMap<Instant, Integer>> stamped = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select topic, at, rev from ref.revision where at is not null")
                .map(
                    (row, context) ->
                        stamped
                            .computeIfAbsent(row.getInt(1), topic -> new TreeMap<>())
                            .put(row.getObject(2, OffsetDateTime.class).toInstant(), row.getInt(3)))
                .list());
    return stamped;
  }
}
