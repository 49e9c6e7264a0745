package io.refdata.persistence.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.revision.Author;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.Database;
import io.refdata.persistence.freshness.Versions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When topics changed last, on a real database. */
@SuppressWarnings("NullAway.Init")
class LastChangesIT {
  private static final int DATASET = 71;
  private static final int OTHER = 72;

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static Revisions revisions;
  private static LastChanges changes;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    revisions = new Revisions(jdbi);
    changes = new LastChanges(jdbi, new Versions(), revisions);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Instant write(int topic) {
    int revision =
        jdbi.inTransaction(handle -> Revisions.open(handle, topic, new Author("test", null)));
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select at from ref.revision where rev = ?")
                .bind(0, revision)
                .mapTo(Instant.class)
                .one());
  }

  @Test
  void aTopicThatIsNamedTwiceChangedOnce() {
    Instant at = write(DATASET);
    LastModified once = changes.of(null, Revision.REFERENCE_DATA, DATASET);
    assertThat(changes.of(null, Revision.REFERENCE_DATA, DATASET, DATASET)).isEqualTo(once);
    assertThat(once).isNotNull();
    assertThat(once.second()).isGreaterThanOrEqualTo(at.getEpochSecond());
    assertThat(changes.of(null, DATASET, DATASET)).isEqualTo(changes.of(null, DATASET));
  }

  @Test
  void theLatestOfTopicsCounts() {
    long midnight = LocalDate.now(ZoneOffset.UTC).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    Instant at = write(OTHER);
    LastModified last = changes.of(null, DATASET, OTHER);
    assertThat(last).isNotNull();
    assertThat(last.second())
        .isGreaterThanOrEqualTo(Math.max(midnight, at.getEpochSecond()))
        .isLessThanOrEqualTo(Math.max(midnight, at.getEpochSecond()) + 1);
    assertThat(changes.of(null, DATASET + 10)).as("it never changed").isNull();
  }
}
