package io.refdata.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.refdata.access.Role;
import io.refdata.db.MigratedDatabase;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys of two servers with one database. */
@SuppressWarnings("NullAway.Init")
class KeysIT {
  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static volatile boolean cut;
  private static final AtomicInteger CONNECTIONS = new AtomicInteger();

  private final ApiKeys keys = new ApiKeys(jdbi);
  private final KnownKeys here = new KnownKeys(keys);
  private final KnownKeys there = new KnownKeys(keys);

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(cuttable(database.dataSource()));
  }

  @AfterEach
  void rest() {
    cut = false;
    here.stop();
    there.stop();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /** The database, until its cable is cut. */
  private static DataSource cuttable(DataSource open) {
    return (DataSource)
        Proxy.newProxyInstance(
            KeysIT.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                CONNECTIONS.incrementAndGet();
                if (cut) {
                  throw new SQLException("cut", "08001");
                }
              }
              try {
                return method.invoke(open, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Code name(String name) {
    return Code.parse(name).orElseThrow();
  }

  private ApiKeys.Made make(String name) {
    return keys.make(
        name(name), Set.of(Role.READER), Instant.now().plus(Duration.ofDays(1)), "tester");
  }

  private static KeyHash hash(ApiKeys.Made made) {
    return KeyHash.of(made.text().reveal());
  }

  private static boolean accepts(KnownKeys known, KeyHash hash) {
    try {
      return known.check(hash).key() != null;
    } catch (KeysUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theTextOfAKeyIsNowhereInTheDatabase() {
    ApiKeys.Made made = make("secret");
    String text = made.text().reveal();
    List<String> tables =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select format('%I.%I', n.nspname, c.relname)
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind in ('r', 'p')
                           and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
                        """)
                    .mapTo(String.class)
                    .list());
    assertThat(tables).contains("ref.api_key", "performance_monitoring.action");
    for (String table : tables) {
      for (String part : List.of(text, text.substring(4), text.substring(12))) {
        long found =
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from " + table + " t where strpos(t::text, :part) > 0")
                        .bind("part", part)
                        .mapTo(Long.class)
                        .one());
        assertThat(found).as(table).isZero();
      }
    }
    assertThat(made.key().prefix()).isEqualTo(text.substring(4, 12));
  }

  @Test
  void aNewKeyIsKnownEverywhereAtOnce() {
    KeyHash early = hash(make("early"));
    assertThat(accepts(here, early)).isTrue();
    KeyHash late = hash(make("late"));
    assertThat(accepts(here, late)).isTrue();
    assertThat(accepts(there, late)).isTrue();
    assertThat(here.remembered(early)).isNotNull();
  }

  @Test
  void aRevokedKeyIsRefusedHereAtOnceAndThereWithinItsTime() {
    KeyHash hash = hash(make("revoked"));
    assertThat(accepts(here, hash)).isTrue();
    assertThat(accepts(there, hash)).isTrue();
    ApiKey revoked = keys.revoke(name("revoked"), "tester").orElseThrow();
    here.revoked("revoked");
    long at = System.nanoTime();
    assertThat(accepts(here, hash)).isFalse();
    await().pollInterval(Duration.ofMillis(10)).until(() -> !accepts(there, hash));
    assertThat(Duration.ofNanos(System.nanoTime() - at)).isLessThan(Duration.ofMillis(1_500));
    assertThat(revoked.revokedBy()).isEqualTo("tester");
    assertThat(keys.revoke(name("revoked"), "other")).contains(revoked);
    assertThat(keys.find(name("revoked"))).contains(revoked);
    assertThat(keys.revoke(name("nobody"), "tester")).isEmpty();
  }

  @Test
  void aKeyEndsAtItsTime() {
    KeyHash hash =
        hash(keys.make(name("short"), Set.of(Role.LOADER), Instant.now().plusSeconds(3), "tester"));
    assertThat(accepts(here, hash)).isTrue();
    await().pollInterval(Duration.ofMillis(10)).until(() -> !accepts(here, hash));
    assertThat(keys.find(name("short")).orElseThrow().isValid(Instant.now())).isFalse();
  }

  @Test
  void aRoleThatANewerServerGaveIsLeftOut() {
    ApiKeys.Made made = make("newer");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update ref.api_key set roles = roles || '{AUDITOR}' where name = 'newer'"));
    assertThat(keys.find(name("newer")).orElseThrow().roles()).containsExactly(Role.READER);
    assertThat(accepts(there, hash(made))).isTrue();
  }

  @Test
  void aNameIsUsedOnce() {
    make("once");
    keys.revoke(name("once"), "tester");
    assertThatThrownBy(() -> make("once"))
        .isInstanceOf(ApiKeys.KeyRefused.class)
        .hasMessage("There is, or was, a key once; a name is used once.");
  }

  @Test
  void theLastUsesAreWrittenTogetherAndLater() {
    KeyHash one = hash(make("used1"));
    KeyHash two = hash(make("used2"));
    for (int i = 0; i < 100; i++) {
      assertThat(accepts(here, one)).isTrue();
      assertThat(accepts(here, two)).isTrue();
    }
    assertThat(keys.find(name("used1")).orElseThrow().usedAt()).isNull();
    here.stop();
    assertThat(keys.find(name("used1")).orElseThrow().usedAt())
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(keys.find(name("used2")).orElseThrow().usedAt()).isNotNull();
  }

  @Test
  void aFloodOfWrongKeysCostsFewStatementsAndPushesNoRightOneOut() {
    KeyHash right = hash(make("right"));
    assertThat(accepts(here, right)).isTrue();
    int before = CONNECTIONS.get();
    long began = System.nanoTime();
    for (int i = 0; i < 300; i++) {
      KeyHash wrong = KeyHash.of("rdk_" + i);
      if (here.remembered(wrong) == null) {
        assertThat(accepts(here, wrong)).isFalse();
      }
    }
    long seconds = 1 + Duration.ofNanos(System.nanoTime() - began).toSeconds();
    // 50 look-ups a second, and two reads of all keys.
    assertThat(CONNECTIONS.get() - before).isLessThanOrEqualTo((int) (53 * (seconds + 1)));
    assertThat(Objects.requireNonNull(here.remembered(right)).key()).isNotNull();
  }

  @Test
  void aRefusedKeyIsLookedForOnce() {
    KeyHash wrong = KeyHash.of("rdk_wrong");
    assertThat(accepts(here, wrong)).isFalse();
    assertThat(Objects.requireNonNull(here.remembered(wrong)).key()).isNull();
  }

  @Test
  void knownKeysGoOnWhileTheDatabaseIsAway() throws KeysUnavailable {
    KeyHash known = hash(make("known"));
    assertThat(accepts(here, known)).isTrue();
    cut = true;
    await()
        .pollInterval(Duration.ofMillis(5))
        .during(Duration.ofMillis(2_500))
        .until(() -> here.remembered(known) != null || here.check(known).key() != null);
    assertThatThrownBy(() -> here.check(KeyHash.of("rdk_unknown")))
        .isInstanceOf(KeysUnavailable.class);
    assertThatThrownBy(() -> there.check(known)).isInstanceOf(KeysUnavailable.class);
    cut = false;
    await().ignoreExceptions().until(() -> !accepts(here, KeyHash.of("rdk_unknown")));
    await().ignoreExceptions().until(() -> accepts(there, known));
  }
}
