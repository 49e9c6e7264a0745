package io.refdata.persistence.partition.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.RetiredObservations;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.partition.Partitions;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

/** Creates and retires partitions on a real PostgreSQL, beside readers and writers. */
class PartitionUpkeepIT extends KeptYears {
  @Test
  void partitionsAreCreatedAheadOfTheLatestObservation() {
    assertThat(run()).containsExactly("CREATE_PARTITIONS KEPT DONE");
    assertThat(partitions().all()).hasSize(YEARS + 2);
    assertThat(run()).isEmpty();
  }

  @Test
  void whatIsOlderThanTheRetentionLeavesTheDataset() {
    retain("P3Y", "DETACH");
    assertThat(run())
        .containsExactly(
            "CREATE_PARTITIONS KEPT DONE",
            "RETIRE_PARTITIONS KEPT DONE",
            "ADJUST_SERIES KEPT DONE",
            "ARCHIVE_PARTITION DONE",
            "ARCHIVE_PARTITION DONE",
            "ARCHIVE_PARTITION DONE",
            "ARCHIVE_PARTITION DONE");
    assertThat(
            number(
                "select count(*) from curated.observation_7 where time < now() - interval '4"
                    + " years'"))
        .isZero();
    assertThat(
            number(
                "select count(*) from pg_class where relnamespace = 'archive'::regnamespace and"
                    + " relkind = 'r'"))
        .isEqualTo(4);
    assertThat(
            number(
                """
                select count(*)
                  from curated.series s
                  left join (select series_id, count(*) as rows, min(time) as earliest, max(time) as latest
                               from curated.observation_7 group by series_id) o on o.series_id = s.id
                 where (s.observations, s.earliest, s.latest)
                       is not distinct from (coalesce(o.rows, 0), o.earliest, o.latest)
                """))
        .isEqualTo(2);
    assertThat(run()).isEmpty();
  }

  @Test
  void droppedPartitionsLeaveNothing() {
    retain("P2Y", "DROP");
    run();
    assertThat(number("select count(*) from pg_class where relnamespace = 'archive'::regnamespace"))
        .isZero();
    assertThat(number("select count(*) from curated.retired_partition where gone_at is not null"))
        .isEqualTo(2 * (YEARS - 3));
  }

  @Test
  void anomaliesGoWithTheirValues() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into raw.payload (bytes, sha256, media_type) values (1, '', 'text/csv');
                insert into raw.load (payload_id, max_reject_ratio, max_delete_ratio, target, definition, mode, by, state)
                select max(id), 1, 1, 'datasets/KEPT', '{}', 'UPSERT', 'test', 'COMPLETED' from raw.payload;
                insert into performance_monitoring.anomaly
                       (time, value, expected, score, load_id, dataset_id, series_id, rev)
                select t, 1, 9, 9, l.id, 7, 2, 1000001
                  from raw.load l,
                       (select min(time) as t from curated.observation_7 union select max(time) from curated.observation_7)
                """));
    retain("P3Y", "DROP");
    run();
    assertThat(number("select count(*) from performance_monitoring.anomaly")).isEqualTo(1);
  }

  @Test
  void whoAsksForWhatIsGoneIsTold() {
    retain("P3Y", "DROP");
    int before = (int) number("select max(rev) from ref.revision where topic = 7");
    run();
    Partitions left = partitions();
    Instant boundary = left.all().get(0).lower();
    assertThat(gone(() -> left.requireKept(boundary.minusSeconds(1), null, null))).isTrue();
    assertThat(gone(() -> left.requireKept(null, null, before))).isTrue();
    assertThat(gone(() -> left.requireKept(boundary.minusSeconds(1), null, before))).isTrue();
    assertThat(gone(() -> left.requireKept(boundary, null, before))).isFalse();
    assertThat(gone(() -> left.requireKept(null, null, null))).isFalse();
    assertThat(gone(() -> left.requireKept(null, boundary, null))).isTrue();
    assertThat(gone(() -> left.requireKept(null, boundary.plusSeconds(1), null))).isFalse();
    assertThat(gone(() -> left.requireKept(null, null, before + 1))).isFalse();
  }

  private static boolean gone(ThrowableAssert.ThrowingCallable request) {
    return org.assertj.core.api.Assertions.catchThrowable(request) instanceof RetiredObservations;
  }

  /** Else an edition that came out before a retirement could not be loaded after it. */
  @Test
  void aRetirementPublishesNothing() {
    retain("P3Y", "DROP");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "select ref.open_revision(7, 'test', null, null, null, clock_timestamp())"));
    String latest = "select extract(epoch from ref.latest_publication(7)) * 1000000";
    long published = number(latest);
    long revisions = number("select count(*) from ref.revision where topic = 7");
    assertThat(run()).contains("RETIRE_PARTITIONS KEPT DONE");
    assertThat(number("select count(*) from ref.revision where topic = 7"))
        .isEqualTo(revisions + 1);
    assertThat(number(latest)).isEqualTo(published);
  }

  /** Datasets are looked at one after another, and a rule may change in between. */
  @Test
  void aRetentionThatWasTakenBackRetiresNothing() {
    retain("P3Y", "DROP");
    KeptDataset before = jdbi.withHandle(handle -> KeptDataset.find(handle, "KEPT")).orElseThrow();
    retain(null, "DROP");
    assertThat(new Retirement(jdbi, new Versions()).retire(before)).startsWith("nothing");
    assertThat(partitions().retired()).isNull();
    assertThat(number("select count(*) from curated.retired_partition")).isZero();
  }

  /** A reader held them when their dataset was deleted, or the server ended. */
  @Test
  void tablesOfADeletedDatasetAreDroppedLater() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                create table curated.observation_999 (dataset_id integer) partition by range (dataset_id);
                create table curated.observation_vintage_999 (dataset_id integer) partition by range (dataset_id);
                create table curated.observation_999_1 partition of curated.observation_999 default
                """));
    try (var reader = jdbi.open()) {
      reader.begin();
      reader.execute("select * from curated.observation_999");
      assertThat(run()).contains("DROP_DATASET POSTPONED");
      reader.rollback();
    }
    assertThat(run()).contains("DROP_DATASET DONE");
    assertThat(number("select count(*) from pg_class where relname like 'observation%_999%'"))
        .isZero();
    assertThat(run()).isEmpty();
  }

  @Test
  void aRetirementComesAfterTheWriterThatIsThere() {
    retain("P3Y", "DROP");
    try (var writer = jdbi.open()) {
      writer.begin();
      writer.execute("select ref.lock_topic(7)");
      assertThat(run()).contains("RETIRE_PARTITIONS KEPT POSTPONED");
      assertThat(partitions().retired()).isNull();
      writer.rollback();
    }
    assertThat(run()).contains("RETIRE_PARTITIONS KEPT DONE");
  }

  /** A reader of a table holds up its removal, not its retirement. */
  @Test
  void aReaderKeepsItsTableUntilItEnds() {
    retain("P3Y", "DROP");
    String first = partitions().all().get(0).values();
    try (var reader = jdbi.open()) {
      reader.begin();
      reader.execute("select * from " + first + " limit 1");
      assertThat(run())
          .contains(
              "RETIRE_PARTITIONS KEPT DONE", "DROP_PARTITION POSTPONED", "DROP_PARTITION DONE");
      reader.rollback();
    }
    assertThat(run()).contains("DROP_PARTITION DONE").doesNotContain("DROP_PARTITION POSTPONED");
    assertEnded();
  }

  /** Someone's own transaction on the dataset's table holds the detachment up; it goes on later. */
  @Test
  void aDetachmentThatIsCutOffIsFinished() {
    retain("P3Y", "DETACH");
    try (var person = jdbi.open()) {
      person.begin();
      person.execute("select * from curated.observation_7 limit 1");
      assertThat(run()).contains("ARCHIVE_PARTITION POSTPONED");
      assertThat(number("select count(*) from pg_inherits where inhdetachpending")).isOne();
      person.rollback();
    }
    assertThat(run())
        .contains("ARCHIVE_PARTITION DONE")
        .doesNotContain("ARCHIVE_PARTITION POSTPONED");
    assertEnded();
  }

  @Test
  void oneDatasetDoesNotStopAnother() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into curated.dataset
                       (id, code, name, frequency, dimension_codes, dimension_values, interval, retention)
                overriding system value
                values (6, 'BROKEN', 'Broken', 'D', '{a}', '{indicators}', 'YEAR', 'P1Y')
                """));
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into curated.partition (lower, upper, dataset_id, kind, leaf)
                values ('1990-01-01Z', '1991-01-01Z', 6, 'VALUE', 'no_such_table')
                """));
    retain("P3Y", "DROP");
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                create function fail() returns trigger language plpgsql as
                $$ begin raise exception 'broken'; end $$;
                create trigger fail before insert on curated.retired_partition
                  for each row when (new.dataset_id = 6) execute function fail()
                """));
    assertThat(run())
        .contains("RETIRE_PARTITIONS BROKEN FAILED", "RETIRE_PARTITIONS KEPT DONE")
        .doesNotContain("RETIRE_PARTITIONS KEPT FAILED");
  }
}
