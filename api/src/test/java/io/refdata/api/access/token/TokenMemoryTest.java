package io.refdata.api.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import io.refdata.api.access.CheckUnavailable;
import io.refdata.api.access.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenMemoryTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private TestIssuer issuer;
  private TokenCredentials credentials;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    issuer = new TestIssuer(Keys.FIRST);
    credentials = TestTokens.of(issuer, TestTokens.keys(issuer, clock), clock);
    credentials.start();
  }

  @AfterEach
  void stop() {
    credentials.close();
    issuer.close();
  }

  @Test
  void aTokenIsRememberedUntilItExpires() throws CheckUnavailable {
    String token = issuer.token(Keys.FIRST, clock.instant());
    assertThat(credentials.remembered(token)).isNull();
    Verdict verdict = credentials.check(token);
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    Instant until = ((Verdict.Accepted) verdict).until();
    assertThat(until).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)).plus(TestTokens.SKEW));
    clock.move(Duration.between(clock.instant(), until).minusMillis(1));
    assertThat(credentials.remembered(token)).isEqualTo(verdict);
    clock.move(Duration.ofMillis(1));
    assertThat(credentials.remembered(token)).isNull();
    assertThat(credentials.check(token)).isEqualTo(Reason.EXPIRED.verdict());
    assertThat(credentials.remembered(token)).isEqualTo(Reason.EXPIRED.verdict());
  }

  @Test
  void aRefusedTokenIsRememberedForAMinuteOrUntilItMayBeRight() throws CheckUnavailable {
    Map<String, Object> claims = issuer.claims(clock.instant());
    claims.put("aud", "other");
    String other = TestIssuer.token(Keys.FIRST, claims);
    claims = issuer.claims(clock.instant());
    claims.put("nbf", clock.instant().plusSeconds(50).getEpochSecond());
    String early = TestIssuer.token(Keys.FIRST, claims);

    assertThat(credentials.check(other)).isEqualTo(Reason.AUDIENCE.verdict());
    assertThat(credentials.check(early)).isEqualTo(Reason.NOT_YET.verdict());
    clock.move(Duration.ofSeconds(19));
    assertThat(credentials.remembered(early)).isEqualTo(Reason.NOT_YET.verdict());
    clock.move(Duration.ofSeconds(1));
    assertThat(credentials.remembered(early)).isNull();
    assertThat(credentials.check(early)).isInstanceOf(Verdict.Accepted.class);
    assertThat(credentials.remembered(early)).isInstanceOf(Verdict.Accepted.class);
    clock.move(Duration.ofSeconds(39));
    assertThat(credentials.remembered(other)).isEqualTo(Reason.AUDIENCE.verdict());
    clock.move(Duration.ofSeconds(1));
    assertThat(credentials.remembered(other)).isNull();
  }

  @Test
  void aFloodOfBadTokensPushesOutNoGoodOne() throws CheckUnavailable {
    String good = issuer.token(Keys.FIRST, clock.instant());
    credentials.check(good);
    String content = good.substring(0, good.lastIndexOf('.') + 1);
    for (int i = 0; i < 5_000; i++) {
      assertThat(credentials.check(content + "A" + i)).isEqualTo(Reason.SIGNATURE.verdict());
    }
    assertThat(credentials.remembered(good)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void theMemoryIsBounded() throws IOException {
    RememberedVerdicts verdicts = TestTokens.verdicts(10, 10);
    KeySet set = KeySet.of(issuer.keys, 10);
    for (int i = 0; i < 1_000; i++) {
      verdicts.refuse(TokenHash.of("bad" + i), Reason.SIGNATURE, set, clock.instant(), Instant.MAX);
    }
    assertThat(verdicts.size()).isLessThanOrEqualTo(20);
  }

  @Test
  void aTokenOfAKeyThatIsWithdrawnIsRefusedFromTheNextFetchOn() throws CheckUnavailable {
    issuer.publish(Keys.FIRST, Keys.SECOND);
    String first = issuer.token(Keys.FIRST, clock.instant());
    String second = issuer.token(Keys.SECOND, clock.instant());
    assertThat(credentials.check(first)).isInstanceOf(Verdict.Accepted.class);
    assertThat(credentials.check(second)).isInstanceOf(Verdict.Accepted.class);
    assertThat(credentials.remembered(first)).isInstanceOf(Verdict.Accepted.class);

    issuer.publish(Keys.SECOND);
    clock.move(TestTokens.UNKNOWN_EVERY);
    fetch();
    assertThat(credentials.remembered(first)).isNull();
    assertThat(credentials.remembered(second)).isInstanceOf(Verdict.Accepted.class);
    clock.move(TestTokens.UNKNOWN_EVERY);
    assertThat(credentials.check(first)).isEqualTo(Reason.UNKNOWN_KEY.verdict());
  }

  @Test
  void aTokenThatWasRefusedForItsKeyIsCheckedAgainWithOtherKeys() throws CheckUnavailable {
    String second = issuer.token(Keys.SECOND, clock.instant());
    assertThat(credentials.check(second)).isEqualTo(Reason.UNKNOWN_KEY.verdict());
    assertThat(credentials.remembered(second)).isEqualTo(Reason.UNKNOWN_KEY.verdict());
    issuer.publish(Keys.FIRST, Keys.SECOND);
    clock.move(TestTokens.UNKNOWN_EVERY);
    fetch();
    assertThat(credentials.remembered(second)).isNull();
    assertThat(credentials.check(second)).isInstanceOf(Verdict.Accepted.class);
  }

  /** Has the keys fetched, by a token with a key that was never there. */
  private void fetch() throws CheckUnavailable {
    RSAKey never = new RSAKey.Builder(Keys.FIRST).keyID("never" + clock.instant()).build();
    assertThat(credentials.check(issuer.token(never, clock.instant())))
        .isEqualTo(Reason.UNKNOWN_KEY.verdict());
  }

  @Test
  void theDescriptionsOfRefusalsGiveNothingAway() {
    Map<String, Reason> texts = new HashMap<>();
    for (Reason reason : Reason.values()) {
      texts.put(reason.verdict().description(), reason);
      assertThat(reason.verdict().error()).isEqualTo("invalid_token");
    }
    assertThat(texts.keySet())
        .containsExactlyInAnyOrder(
            "The token is not accepted", "The token has expired", "The token is not valid yet");
  }
}
