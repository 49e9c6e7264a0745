package io.refdata.persistence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.Database;
import io.refdata.persistence.export.Export.State;
import io.refdata.persistence.export.ExportQueue.Bounds;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports on their way, on a real PostgreSQL and a real disk. */
@SuppressWarnings("NullAway.Init")
class ExportQueueIT {
  private static final Author ANN = new Author("ann", null);
  private static final byte[] SHA256 = new byte[32];
  private static final int TRIES = 3;
  private static final long ROOM = 1_000;

  @TempDir private Path home;

  private MigratedDatabase database;
  private Jdbi jdbi;
  private Exports exports;
  private ExportQueue queue;

  @BeforeEach
  void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    exports = new Exports(jdbi);
    queue =
        new ExportQueue(jdbi, new Bounds(Duration.ofMinutes(5), TRIES, ROOM, Duration.ofDays(7)));
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private Export accept() {
    return exports.accept(new Exports.Order("CO2", "csv", "{}", null), ANN);
  }

  private Export claimed() {
    return queue.claim(1).get(0);
  }

  private Export find(Export export) {
    return exports.find(export.id(), null).orElseThrow();
  }

  /** As if the server had died and some minutes had passed. */
  private void runOut(Export export) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update curated.export set claimed_until = now() - interval '1 second' where id ="
                    + " ?",
                export.id()));
  }

  @Test
  void theOldestIsClaimedFirstAndByOneOnly() {
    Instant before = Instant.now().minusSeconds(60);
    Export first = accept();
    Export second = accept();
    assertThat(first.state()).isEqualTo(State.WAITING);
    assertThat(first.asOf()).isAfter(before);
    assertThat(claimed().id()).isEqualTo(first.id());
    assertThat(queue.claim(5)).extracting(Export::id).containsExactly(second.id());
    assertThat(queue.claim(5)).isEmpty();
    assertThat(find(first).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void anInstantThatIsSaidIsKept() {
    Instant asOf = Instant.parse("2026-01-02T03:04:05.123456Z");
    assertThat(exports.accept(new Exports.Order("CO2", "csv", "{}", asOf), ANN).asOf())
        .isEqualTo(asOf);
  }

  @Test
  void afterACrashAnotherBeginsAgainAndTheFirstHasNothingToSay() {
    accept();
    Export first = claimed();
    runOut(first);
    Export second = claimed();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.path()).isNotEqualTo(first.path());
    assertThat(queue.renew(first, 10)).isEmpty();
    assertThat(queue.complete(first, 1, 10, SHA256)).isFalse();
    queue.fail(first, "It went wrong.");
    queue.release(first);
    assertThat(find(first).state()).isEqualTo(State.RUNNING);
    assertThat(queue.renew(second, 10)).contains(ROOM - 10);
    assertThat(queue.complete(second, 1, 20, SHA256)).isTrue();
    Export done = find(first);
    assertThat(done.state()).isEqualTo(State.COMPLETED);
    assertThat(done.bytes()).isEqualTo(20);
    assertThat(done.rows()).isEqualTo(1);
    assertThat(done.path()).isEqualTo(second.path());
    assertThat(done.sha256()).isEqualTo("00".repeat(32));
    assertThat(Duration.between(done.finishedAt(), done.expiresAt()))
        .isBetween(Duration.ofDays(7).minusSeconds(1), Duration.ofDays(7).plusSeconds(1));
  }

  @Test
  void whatIsBegunTooOftenFails() {
    accept();
    for (int i = 0; i < TRIES; i++) {
      runOut(claimed());
    }
    assertThat(queue.claim(1)).isEmpty();
    Export failed = exports.list(Long.MAX_VALUE, null, 1).get(0);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.message()).contains("begun 3 times");
  }

  @Test
  void aServerThatShutsDownGivesBackWhatItHasClaimed() {
    accept();
    queue.release(claimed());
    Export again = claimed();
    assertThat(again.tries()).isEqualTo(1);
    queue.fail(again, "It went wrong.");
    assertThat(find(again).message()).isEqualTo("It went wrong.");
    assertThat(queue.claim(1)).isEmpty();
  }

  @Test
  void theRoomIsForAllFilesTogether() {
    accept();
    queue.complete(claimed(), 1, ROOM - 100, SHA256);
    accept();
    Export second = claimed();
    assertThat(queue.renew(second, 60)).contains(40L);
    assertThat(queue.renew(second, 160)).contains(-60L);
  }

  @Test
  void asManyAsMayWaitDoSo() {
    long most = Setting.EXPORTS_WAITING.number();
    for (int i = 0; i < most; i++) {
      accept();
    }
    assertThatThrownBy(this::accept).isInstanceOf(TooManyExports.class);
    queue.complete(claimed(), 1, 1, SHA256);
    accept();
  }

  @Test
  void eachSeesItsOwn() {
    Export first = accept();
    Export other =
        exports.accept(new Exports.Order("CO2", "csv", "{}", null), new Author("ben", null));
    assertThat(exports.find(first.id(), "ben")).isEmpty();
    assertThat(exports.find(first.id(), "ann")).isPresent();
    assertThat(exports.list(Long.MAX_VALUE, "ann", 10))
        .extracting(Export::id)
        .containsExactly(first.id());
    assertThat(exports.list(Long.MAX_VALUE, null, 10))
        .extracting(Export::id)
        .containsExactly(other.id(), first.id());
    assertThat(exports.list(other.id(), null, 10))
        .extracting(Export::id)
        .containsExactly(first.id());
  }

  @Test
  void onlyAFinishedFileIsLeftToWhoDeletesItsExport() {
    Export waiting = accept();
    assertThat(exports.delete(waiting.id())).isEmpty();
    accept();
    Export running = claimed();
    assertThat(exports.delete(running.id())).as("its writer removes the file").isEmpty();
    assertThat(queue.complete(running, 1, 1, SHA256)).isFalse();
    accept();
    Export finished = claimed();
    assertThat(queue.complete(finished, 1, 1, SHA256)).isTrue();
    assertThat(exports.delete(finished.id())).isEqualTo(Optional.ofNullable(finished.path()));
    assertThat(exports.delete(finished.id())).isEmpty();
  }

  @Test
  void oneCallerKeepsSoManyExportsOnly() {
    accept();
    queue.fail(claimed(), "no matter");
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into curated.export (as_of, expires_at, dataset, format, state, query, by)
                select as_of, expires_at, dataset, format, state, query, by
                  from curated.export, generate_series(2, ?)
                """,
                Setting.EXPORTS_OF_A_CALLER.number()));
    assertThatThrownBy(this::accept)
        .isInstanceOf(TooManyExports.class)
        .hasMessageContaining("of this caller");
    exports.accept(new Exports.Order("CO2", "csv", "{}", null), new Author("ben", null));
    exports.delete(exports.list(Long.MAX_VALUE, "ann", 1).get(0).id());
    accept();
  }

  @Test
  void aFileIsForItsOwnerAndIsGoneUnlessItIsFinished() throws IOException {
    ExportFiles files = new ExportFiles(home);
    try (UnfinishedExport file = files.begin("a")) {
      file.write("text".getBytes(StandardCharsets.UTF_8));
      assertThat(file.bytes()).isEqualTo(4);
    }
    assertThat(home.resolve("exports")).isEmptyDirectory();
    try (UnfinishedExport file = files.begin("b")) {
      file.write("text".getBytes(StandardCharsets.UTF_8));
      assertThat(file.finish()).hasSize(32);
    }
    assertThat(files.path("b")).hasContent("text");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.path("b"))))
        .isEqualTo("rw-------");
    try (UnfinishedExport file = files.begin("c")) {
      file.stop();
      assertThatThrownBy(() -> file.write(1)).isInstanceOf(UnfinishedExport.Stopped.class);
      assertThatThrownBy(file::finish).isInstanceOf(UnfinishedExport.Stopped.class);
    }
    assertThat(files.path("c")).doesNotExist();
  }

  @Test
  void whatIsOverAndWhatNobodyKnowsIsRemoved() throws IOException {
    ExportFiles files = new ExportFiles(home);
    accept();
    Export kept = written(files);
    accept();
    Export over = written(files);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update curated.export set expires_at = now() - interval '1 second' where id = ?",
                over.id()));
    files.begin("unknown").write(1);
    Path unknown = home.resolve("exports/unknown.part");
    Files.setLastModifiedTime(unknown, FileTime.from(Instant.now().minusSeconds(7_200)));
    Files.setLastModifiedTime(
        files.path(String.valueOf(kept.path())), FileTime.from(Instant.now().minusSeconds(7_200)));
    List<Step> steps = new ArrayList<>();
    new ExportRetention(jdbi, new OptimizationLog(jdbi), files, Duration.ofHours(1))
        .run(steps::add);
    assertThat(steps)
        .extracting(step -> "%s %s: %s".formatted(step.subject(), step.outcome(), step.detail()))
        .containsExactly("AGE DONE: 1 exports", "UNRECORDED DONE: 1 files");
    assertThat(exports.find(over.id(), null)).isEmpty();
    assertThat(files.path(String.valueOf(over.path()))).doesNotExist();
    assertThat(unknown).doesNotExist();
    assertThat(files.path(String.valueOf(kept.path()))).exists();
  }

  private Export written(ExportFiles files) throws IOException {
    Export export = claimed();
    try (UnfinishedExport file = files.begin(String.valueOf(export.path()))) {
      file.write(1);
      assertThat(queue.complete(export, 1, 1, file.finish())).isTrue();
    }
    return export;
  }
}
