package io.refdata.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.settings.Setting;
import java.time.Duration;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Endings of tokens of two servers with one database. */
@SuppressWarnings("NullAway.Init")
class TokenEndingsIT {
  private static MigratedDatabase database;
  private static Jdbi jdbi;

  private final TokenEndings endings = new TokenEndings(jdbi);

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void aTokenEndsHereAtOnceAndThereWithinItsTime() {
    KnownEndings here = new KnownEndings(endings);
    KnownEndings there = new KnownEndings(endings);
    try {
      assertThat(has(here, "jti-1")).isFalse();
      assertThat(has(there, "jti-1")).isFalse();
      TokenEnding ending = endings.end(null, "jti-1", "stolen", "ann");
      here.ended(ending);
      assertThat(has(here, "jti-1")).isTrue();
      await()
          .atMost(Setting.ACCESS_ENDINGS_FRESH.time().plus(Duration.ofSeconds(5)))
          .until(() -> has(there, "jti-1"));

      here.ended(endings.end("ada", null, null, "ann"));
      EndedTokens ended = Objects.requireNonNull(here.check());
      assertThat(ended.hasSubject("ada", ending.at())).isTrue();
      assertThat(ended.hasSubject("ada", ending.at().plusSeconds(60))).isFalse();
      assertThat(ended.hasSubject("ada", null)).isTrue();
      assertThat(ended.hasSubject("ben", ending.at())).isFalse();
      assertThat(ended.hasToken(null)).isFalse();
      assertThat(endings.list(null, 10)).first().extracting(TokenEnding::subject).isEqualTo("ada");
      assertThat(endings.list(ending.id(), 10)).doesNotContain(ending);
    } finally {
      here.stop();
      there.stop();
    }
  }

  private static boolean has(KnownEndings known, String jti) {
    return Objects.requireNonNull(known.check()).hasToken(jti);
  }

  @Test
  void theyAreBoundedAndAnOldOneIsForgotten() {
    jdbi.useHandle(handle -> handle.execute("delete from ref.token_ending"));
    System.setProperty(Setting.ACCESS_ENDINGS.property(), "1");
    try {
      endings.end(null, "jti-2", null, "ann");
      assertThatThrownBy(() -> endings.end(null, "jti-3", null, "ann"))
          .isInstanceOf(TokenEndings.TooManyEndings.class)
          .hasMessageContaining("refdata.access.endings");
      jdbi.useHandle(
          handle -> handle.execute("update ref.token_ending set at = now() - interval '367 days'"));
      endings.end(null, "jti-3", null, "ann");
      assertThat(endings.inForce().hasToken("jti-2")).isFalse();
      assertThat(endings.inForce().hasToken("jti-3")).isTrue();
    } finally {
      System.clearProperty(Setting.ACCESS_ENDINGS.property());
    }
  }
}
