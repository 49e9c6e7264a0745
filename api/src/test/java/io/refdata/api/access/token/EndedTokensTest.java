package io.refdata.api.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.api.access.CheckUnavailable;
import io.refdata.api.access.Verdict;
import io.refdata.persistence.access.EndedTokens;
import io.refdata.persistence.access.KnownEndings;
import io.refdata.persistence.access.TokenEnding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that an operator ends before their time. */
class EndedTokensTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<TokenEnding> onRecord = new CopyOnWriteArrayList<>();
  private final KnownEndings endings = new KnownEndings(() -> EndedTokens.of(onRecord));
  private TestIssuer issuer;
  private TokenCredentials credentials;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    issuer = new TestIssuer(Keys.FIRST);
    credentials = TestTokens.of(issuer, TestTokens.keys(issuer, clock), endings, clock);
    credentials.start();
  }

  @AfterEach
  void stop() {
    credentials.close();
    issuer.close();
  }

  private void end(@Nullable String subject, @Nullable String jti) {
    TokenEnding ending = new TokenEnding(1, clock.instant(), "op", subject, jti, null);
    onRecord.add(ending);
    endings.ended(ending);
  }

  private String token(String claim, @Nullable Object value) {
    Map<String, Object> claims = issuer.claims(clock.instant());
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    return TestIssuer.token(Keys.FIRST, claims);
  }

  private void assertAccepted(String token) throws CheckUnavailable {
    assertThat(credentials.check(token)).isInstanceOf(Verdict.Accepted.class);
    assertThat(credentials.remembered(token)).isInstanceOf(Verdict.Accepted.class);
  }

  private void assertEnded(String token) throws CheckUnavailable {
    assertThat(credentials.remembered(token)).isNull();
    assertThat(credentials.check(token)).isEqualTo(Reason.ENDED.verdict());
    assertThat(credentials.remembered(token)).isEqualTo(Reason.ENDED.verdict());
  }

  @Test
  void oneTokenEndsAlthoughItIsRemembered() throws CheckUnavailable {
    String stolen = token("jti", "t-1");
    String other = token("jti", "t-2");
    assertAccepted(stolen);
    assertAccepted(other);
    end(null, "t-1");
    assertEnded(stolen);
    assertAccepted(other);
  }

  @Test
  void allTokensOfASubjectEndThatWereIssuedBefore() throws CheckUnavailable {
    String first = token("sub", "1f3");
    String timeless = token("iat", null);
    String another = TestIssuer.token(Keys.FIRST, another());
    assertAccepted(first);
    assertAccepted(timeless);
    end("1f3", null);
    assertEnded(first);
    assertEnded(timeless);
    assertAccepted(another);

    clock.move(TestTokens.SKEW);
    assertEnded(token("jti", "by a clock that is ahead"));
    clock.move(Duration.ofSeconds(1));
    assertAccepted(token("jti", "a new session"));
  }

  private Map<String, Object> another() {
    Map<String, Object> claims = issuer.claims(clock.instant());
    claims.put("sub", "1f4");
    claims.put("preferred_username", "ben");
    return claims;
  }

  @Test
  void aSubjectMayBeNamedAsActionsNameIt() throws CheckUnavailable {
    String token = token("jti", "t-1");
    assertAccepted(token);
    end("ada", null);
    assertEnded(token);
  }

  @Test
  void aTokenIsRefusedWhenItsEndingMayBeForgotten() throws CheckUnavailable {
    Instant issued = clock.instant().minus(TestTokens.LONGEST).plusSeconds(60);
    String token = token("iat", issued.getEpochSecond());
    assertAccepted(token);
    clock.move(Duration.ofSeconds(59));
    assertThat(credentials.remembered(token)).isInstanceOf(Verdict.Accepted.class);
    clock.move(Duration.ofSeconds(1));
    assertThat(credentials.remembered(token)).isNull();
    assertThat(credentials.check(token)).isEqualTo(Reason.EXPIRED.verdict());
  }

  @Test
  void nothingIsAcceptedBeforeTheEndingsWereRead() throws Exception {
    KnownEndings away =
        new KnownEndings(
            () -> {
              throw new IllegalStateException("the database is away");
            });
    try (TokenCredentials blind =
        TestTokens.of(issuer, TestTokens.keys(issuer, clock), away, clock)) {
      blind.start();
      String token = token("jti", "t-1");
      assertThat(blind.remembered(token)).isNull();
      assertThatThrownBy(() -> blind.check(token)).isInstanceOf(CheckUnavailable.class);
    }
  }
}
