package io.refdata.persistence.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.payload.PayloadRetention.Bounds;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removes payloads on a real PostgreSQL and a real disk, also after a crash at any place. */
@SuppressWarnings("NullAway.Init")
class PayloadRetentionIT {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long MUCH = 1L << 40;

  @TempDir private Path home;

  private MigratedDatabase database;
  private Jdbi jdbi;
  private Path directory;

  @BeforeEach
  void start() throws IOException {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    directory = Files.createDirectories(home.resolve("payloads"));
  }

  @AfterEach
  void stop() {
    database.close();
  }

  /** Runs the task; each step with its outcome and what came of it. */
  private List<String> run(Duration age, long bytes) {
    List<Step> steps = new ArrayList<>();
    new PayloadRetention(
            jdbi, new OptimizationLog(jdbi), new Payloads(home), new Bounds(age, bytes, HOUR))
        .run(steps::add);
    return steps.stream()
        .map(step -> "%s %s: %s".formatted(step.subject(), step.outcome(), step.detail()))
        .toList();
  }

  private long load(String path, int daysAgo, String state) throws IOException {
    file(path, daysAgo);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with payload as (
                      insert into raw.payload (bytes, sha256, media_type, path, received_at)
                      values (100, '\\x00', 'text/csv', :path, now() - make_interval(days => :days)) returning id)
                    insert into raw.load (payload_id, target, definition, mode, max_reject_ratio, max_delete_ratio, by, state)
                    select id, 'datasets/A', '{}', 'UPSERT', 1, 1, 'test', :state from payload
                    returning id
                    """)
                .bind("path", path)
                .bind("days", daysAgo)
                .bind("state", state)
                .mapTo(Long.class)
                .one());
  }

  private void push(int daysAgo) {
    pushes(1, daysAgo);
  }

  private void pushes(int count, int daysAgo) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into raw.payload (bytes, sha256, media_type, content, received_at)
                select 100, '\\x00', 'application/json', '[]', now() - make_interval(days => ?)
                  from generate_series(1, ?)
                """,
                daysAgo,
                count));
  }

  private Path file(String path, int daysAgo) throws IOException {
    Path file = Files.writeString(directory.resolve(path), "x");
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofDays(daysAgo))));
  }

  private LoadPayload payload(long load) {
    return new StoredPayloads(jdbi).ofLoad(load).orElseThrow();
  }

  private long pushes() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from raw.payload where content is not null")
                .mapTo(Long.class)
                .one());
  }

  private List<String> files() throws IOException {
    try (var found = Files.list(directory)) {
      return found.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsTooOldGoesAndItsLoadSaysSo() throws IOException {
    long old = load("old", 40, "COMPLETED");
    long young = load("young", 20, "COMPLETED");
    push(40);
    push(20);
    assertThat(run(MONTH, MUCH)).containsExactly("AGE DONE: 2 payloads, 200 bytes");
    assertThat(files()).containsExactly("young");
    assertThat(pushes()).isOne();
    assertThat(payload(old).removedBecause()).isEqualTo(Removal.AGE);
    assertThat(payload(old).removedAt()).isNotNull();
    assertThat(payload(young).removedAt()).isNull();
    assertThat(run(MONTH, MUCH)).isEmpty();
  }

  @Test
  void aLoadThatMayStillNeedItsFileHasIt() throws IOException {
    for (String state : List.of("RECEIVED", "STAGING", "MERGING", "FAILED", "STOPPED")) {
      assertThat(payload(load(state, 40, state)).removedAt()).isNull();
    }
    assertThat(run(MONTH, MUCH)).isEmpty();
    assertThat(run(MONTH, 0))
        .containsExactly(
            "SIZE DONE: 0 payloads, 0 bytes; 500 bytes too many stay, of loads that can be"
                + " restarted");
    assertThat(files()).hasSize(5);
  }

  @Test
  void theOldestGoUntilTheRestHasRoom() throws IOException {
    long oldest = load("a", 5, "COMPLETED");
    load("b", 4, "FAILED");
    push(3);
    long third = load("c", 2, "COMPLETED");
    load("d", 1, "COMPLETED");
    assertThat(run(MONTH, 500)).isEmpty();
    assertThat(run(MONTH, 301)).containsExactly("SIZE DONE: 2 payloads, 200 bytes");
    assertThat(files()).containsExactly("b", "c", "d");
    assertThat(pushes()).isZero();
    assertThat(payload(oldest).removedBecause()).isEqualTo(Removal.SIZE);
    assertThat(payload(third).removedAt()).isNull();
  }

  @Test
  void manyGoInOneRun() throws IOException {
    pushes(2_100, 40);
    assertThat(run(MONTH, MUCH)).containsExactly("AGE DONE: 2100 payloads, 210000 bytes");
    assertThat(pushes()).isZero();
  }

  /** The server died when the row said so, and the file was still there. */
  @Test
  void aFileThatIsRemovedByItsRowOnlyGoesAtTheNextRun() throws IOException {
    long load = load("cut-off", 40, "COMPLETED");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update raw.payload set removed_at = now(), removed_because = 'AGE' where path ="
                    + " 'cut-off'"));
    assertThat(run(MONTH, MUCH)).containsExactly("UNRECORDED DONE: 1 files");
    assertThat(files()).isEmpty();
    assertThat(payload(load).removedAt()).isNotNull();
    assertThat(run(MONTH, MUCH)).isEmpty();
  }

  /** The server died before the load was on record; a file that has just come is about to be. */
  @Test
  void aFileWithoutALoadGoesWhenItIsOld() throws IOException {
    file("lost", 1);
    file("just-arrived", 0);
    file("arriving.part", 1);
    assertThat(run(MONTH, MUCH)).containsExactly("UNRECORDED DONE: 1 files");
    assertThat(files()).containsExactly("arriving.part", "just-arrived");
  }

  /** Somebody has removed the file by hand. */
  @Test
  void aFileThatIsGoneIsNoFailure() throws IOException {
    load("gone", 40, "COMPLETED");
    Files.delete(directory.resolve("gone"));
    assertThat(run(MONTH, MUCH)).containsExactly("AGE DONE: 1 payloads, 100 bytes");
  }

  /** A directory stands where the file was: it cannot be removed. */
  @Test
  void aFileThatCannotBeRemovedIsOnRecordAndTriedAgain() throws IOException {
    load("stuck", 40, "COMPLETED");
    Path file = directory.resolve("stuck");
    Files.delete(file);
    Files.createDirectories(file.resolve("inside"));
    assertThat(run(MONTH, MUCH)).singleElement().asString().startsWith("AGE FAILED");
    Files.delete(file.resolve("inside"));
    Files.delete(file);
    file("stuck", 40);
    assertThat(run(MONTH, MUCH)).containsExactly("UNRECORDED DONE: 1 files");
  }
}
