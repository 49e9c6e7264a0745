package io.refdata.persistence.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.persistence.recovery.RecordedStates.State;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recovers a backup to an instant between two writes, and compares all states with those of the
 * server that the backup was taken from. The steps are those of docs/recovery.md.
 */
class PointInTimeRecoveryIT {
  @TempDir Path directory;

  @Test
  void aRecoveredDatabaseHasEveryStateUpToTheInstantAndNothingLater() throws Exception {
    try (ArchivedDatabase archived = ArchivedDatabase.start(directory)) {
      RecordedStates original = new RecordedStates(archived.server());
      original.createDataset();
      original.push(1);
      original.rename("BEFORE");
      Instant beforeBackup = archived.now();

      Path backup = directory.resolve("backup");
      archived.backUp(backup, () -> original.push(2));
      Instant afterBackup = archived.now();

      original.push(3);
      original.rename("AFTER");
      Instant target = archived.now();

      original.rename("LOST");
      int lost = original.push(4);
      archived.archiveAll();
      assertThat(original.state(null)).isNotEqualTo(original.state(target));

      try (EmbeddedDatabase server = archived.recover(backup, target)) {
        assertThat(server.url()).isNotEqualTo(archived.server().url());
        RecordedStates recovered = new RecordedStates(server);
        State atTarget = original.state(target);
        assertThat(atTarget.observations()).hasSize(2).allMatch(line -> line.contains(" 3.0 "));
        assertThat(recovered.state(null)).as("current").isEqualTo(atTarget);
        assertSame(recovered, original, beforeBackup, afterBackup, target);

        // It is a database like any other now.
        Migrations.migrate(server.dataSource());
        recovered.leaveGap();
        assertThat(recovered.push(5)).isGreaterThan(lost);
        recovered.rename("AGAIN");
        assertThat(recovered.state(null)).as("written since").isNotEqualTo(atTarget);
        assertSame(recovered, original, beforeBackup, afterBackup, target);
      }
    }
  }

  private static void assertSame(RecordedStates one, RecordedStates other, Instant... instants)
      throws Exception {
    for (Instant at : instants) {
      assertThat(one.state(at)).as("as of %s", at).isEqualTo(other.state(at));
    }
    assertThat(one.state(instants[0])).as("each is another").isNotEqualTo(one.state(instants[1]));
  }
}
