package io.refdata.api.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.RSAKey;
import io.refdata.api.access.CheckUnavailable;
import io.refdata.api.access.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerKeysTest {
  private static final Duration SOON = Duration.ofMillis(20);

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<AutoCloseable> begun = new ArrayList<>();
  private TestIssuer issuer;

  @BeforeEach
  void start() throws IOException {
    issuer = new TestIssuer(Keys.FIRST);
  }

  @AfterEach
  void stop() throws Exception {
    issuer.close();
    workers.shutdownNow();
    for (AutoCloseable each : begun) {
      each.close();
    }
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() throws InterruptedException, CheckUnavailable {
    TokenCredentials credentials = credentials(TestTokens.TIMES);
    assertThat(issuer.fetches).hasValue(1);
    issuer.publish(Keys.SECOND, Keys.FIRST);
    assertThat(credentials.check(issuer.token(Keys.SECOND, clock.instant())))
        .isInstanceOf(Verdict.Accepted.class);
    assertThat(credentials.check(issuer.token(Keys.FIRST, clock.instant())))
        .isInstanceOf(Verdict.Accepted.class);
    assertThat(issuer.fetches).hasValue(2);
    assertThat(issuer.discoveries).hasValue(1);
  }

  @Test
  void unknownKeysCannotMakeItAskAgainAndAgain() throws InterruptedException, CheckUnavailable {
    TokenCredentials credentials = credentials(TestTokens.TIMES);
    String right = issuer.token(Keys.FIRST, clock.instant());
    assertThat(credentials.check(issuer.token(renamed(0), clock.instant())))
        .isEqualTo(Reason.UNKNOWN_KEY.verdict());
    for (int i = 1; i < 100; i++) {
      String unknown = issuer.token(renamed(i), clock.instant());
      assertThatThrownBy(() -> credentials.check(unknown)).isInstanceOf(CheckUnavailable.class);
      assertThat(credentials.check(right)).isInstanceOf(Verdict.Accepted.class);
    }
    assertThat(issuer.fetches).hasValue(2);
    clock.move(TestTokens.UNKNOWN_EVERY);
    assertThat(credentials.check(issuer.token(renamed(100), clock.instant())))
        .isEqualTo(Reason.UNKNOWN_KEY.verdict());
    assertThat(issuer.fetches).hasValue(3);
  }

  private static RSAKey renamed(int number) {
    return new RSAKey.Builder(Keys.SECOND).keyID("no" + number).build();
  }

  @Test
  void tokensThatWaitForAKeyShareAFetchAndHoldUpNobody() throws Exception {
    TokenCredentials credentials = credentials(TestTokens.TIMES);
    issuer.held = new CountDownLatch(1);
    issuer.publish(Keys.FIRST, Keys.SECOND);
    List<Future<Verdict>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String token = issuer.token(Keys.SECOND, clock.instant().minusSeconds(i));
      waiting.add(workers.submit(() -> credentials.check(token)));
    }
    await().until(() -> issuer.fetches.get() == 2);
    String right = issuer.token(Keys.FIRST, clock.instant());
    assertThat(credentials.check(right)).isInstanceOf(Verdict.Accepted.class);
    assertThat(waiting).noneMatch(Future::isDone);
    issuer.held.countDown();
    for (Future<Verdict> each : waiting) {
      assertThat(each.get()).isInstanceOf(Verdict.Accepted.class);
    }
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void onlyAFewTokensWaitForAFetchThatMayNotBeginYet() throws Exception {
    KeyTimes times =
        new KeyTimes(
            Duration.ofHours(1),
            Duration.ofHours(1),
            TestTokens.KEPT,
            Duration.ofMinutes(9),
            Duration.ofMinutes(10),
            2);
    IssuerKeys keys =
        new IssuerKeys(new Issuer(issuer.name(), "", TestTokens.BOUNDS), times, clock);
    TokenCredentials credentials = TestTokens.of(issuer, keys, clock);
    begun.add(credentials);
    credentials.start();
    assertThat(credentials.check(issuer.token(renamed(0), clock.instant())))
        .isEqualTo(Reason.UNKNOWN_KEY.verdict());
    for (int i = 1; i <= 2; i++) {
      String unknown = issuer.token(renamed(i), clock.instant());
      var unused = workers.submit(() -> credentials.check(unknown));
    }
    await().until(() -> keys.waiting() == 2);
    String more = issuer.token(renamed(3), clock.instant());
    assertThatThrownBy(() -> credentials.check(more)).isInstanceOf(CheckUnavailable.class);
    assertThat(credentials.check(issuer.token(Keys.FIRST, clock.instant())))
        .isInstanceOf(Verdict.Accepted.class);
    workers.shutdownNow();
    await().until(() -> keys.waiting() == 0);
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void keysGoOnToBeUsedWhileTheIssuerIsAwayForATime() throws Exception {
    TokenCredentials credentials = credentials(TestTokens.TIMES);
    issuer.status = 503;
    clock.move(TestTokens.KEPT.minusMillis(1));
    String token = issuer.token(Keys.FIRST, clock.instant());
    assertThat(credentials.check(token)).isInstanceOf(Verdict.Accepted.class);
    String unknown = issuer.token(Keys.SECOND, clock.instant());
    assertThatThrownBy(() -> credentials.check(unknown)).isInstanceOf(CheckUnavailable.class);
    assertThat(credentials.remembered(token)).isInstanceOf(Verdict.Accepted.class);
    clock.move(Duration.ofMillis(1));
    assertThat(credentials.remembered(token)).isNull();
    assertThatThrownBy(() -> credentials.check(token)).isInstanceOf(CheckUnavailable.class);
  }

  @Test
  void theServerStartsWithoutTheIssuerAndChecksTokensWhenItIsThere() throws Exception {
    issuer.status = 503;
    TokenCredentials credentials =
        credentials(
            new KeyTimes(
                Duration.ofHours(1), SOON, TestTokens.KEPT, SOON, Duration.ofSeconds(5), 4));
    String token = issuer.token(Keys.FIRST, clock.instant());
    assertThatThrownBy(() -> credentials.check(token)).isInstanceOf(CheckUnavailable.class);
    issuer.status = 200;
    await()
        .ignoreException(CheckUnavailable.class)
        .until(() -> credentials.check(token) instanceof Verdict.Accepted);
  }

  @Test
  void keysAreFetchedAheadWithoutATokenThatNeedsThem() throws Exception {
    TokenCredentials credentials =
        credentials(
            new KeyTimes(
                SOON, SOON, TestTokens.KEPT, Duration.ofHours(1), Duration.ofSeconds(5), 4));
    await().until(() -> issuer.fetches.get() > 3);
    String token = issuer.token(Keys.FIRST, clock.instant());
    assertThat(credentials.check(token)).isInstanceOf(Verdict.Accepted.class);
    issuer.publish(Keys.SECOND);
    await().until(() -> credentials.remembered(token) == null);
  }

  @Test
  void whatIsNoKeySetChangesNothing() throws Exception {
    TokenCredentials credentials = credentials(TestTokens.TIMES);
    String right = issuer.keys;
    List<String> hostile =
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "<html>",
            "{\"keys\":null}",
            "{\"keys\":{}}",
            "{\"keys\":[]}",
            "{\"keys\":[null,1,[],{}]}",
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"first\"}]}",
            "{\"keys\":[" + "{},".repeat(30) + "{}]}",
            "[".repeat(20_000),
            "{\"keys\":" + "[".repeat(20_000),
            right.substring(0, right.length() - 1),
            right + " ".repeat(TestTokens.BOUNDS.bytes()),
            right.replace("{\"keys\"", "{\"keys\":[],\"keys\""));
    for (String content : hostile) {
      issuer.keys = content;
      clock.move(TestTokens.UNKNOWN_EVERY);
      String token = issuer.token(Keys.FIRST, clock.instant());
      String unknown = issuer.token(Keys.SECOND, clock.instant());
      assertThatThrownBy(() -> credentials.check(unknown))
          .as(content.substring(0, Math.min(40, content.length())))
          .isInstanceOf(CheckUnavailable.class);
      assertThat(credentials.check(token)).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    issuer.status = 302;
    TokenCredentials credentials = credentials(TestTokens.TIMES);
    String token = issuer.token(Keys.FIRST, clock.instant());
    assertThatThrownBy(() -> credentials.check(token)).isInstanceOf(CheckUnavailable.class);
    assertThat(issuer.others).hasValue(0);
  }

  @Test
  void anIssuerThatCallsItselfOtherwiseIsNotBelieved() throws Exception {
    String right = issuer.discovery;
    for (String wrong :
        List.of(
            right.replace("localhost", "LOCALHOST"),
            right.replace("http:", "file:"),
            "{\"issuer\":\"" + issuer.name() + "\"}",
            "{\"issuer\":\"" + issuer.name() + "\",\"jwks_uri\":\"file:///etc/passwd\"}",
            "{\"issuer\":\"" + issuer.name() + "\",\"jwks_uri\":\"http:// x\"}",
            "null")) {
      issuer.discovery = wrong;
      TokenCredentials credentials = credentials(TestTokens.TIMES);
      String token = issuer.token(Keys.FIRST, clock.instant());
      assertThatThrownBy(() -> credentials.check(token)).isInstanceOf(CheckUnavailable.class);
    }
    assertThat(issuer.fetches).hasValue(0);
  }

  @Test
  void keysMayBeInAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("keys.json"), issuer.keys);
    TokenCredentials credentials =
        credentials(
            new Issuer(issuer.name(), file.toUri().toString(), TestTokens.BOUNDS),
            TestTokens.TIMES);
    assertThat(credentials.check(issuer.token(Keys.FIRST, clock.instant())))
        .isInstanceOf(Verdict.Accepted.class);
    issuer.publish(Keys.SECOND);
    Files.writeString(file, issuer.keys);
    assertThat(credentials.check(issuer.token(Keys.SECOND, clock.instant())))
        .isInstanceOf(Verdict.Accepted.class);
    assertThat(issuer.discoveries).hasValue(0);
  }

  private TokenCredentials credentials(KeyTimes times) throws InterruptedException {
    return credentials(new Issuer(issuer.name(), "", TestTokens.BOUNDS), times);
  }

  private TokenCredentials credentials(Issuer source, KeyTimes times) throws InterruptedException {
    TokenCredentials credentials =
        TestTokens.of(issuer, new IssuerKeys(source, times, clock), clock);
    begun.add(credentials);
    credentials.start();
    return credentials;
  }
}
