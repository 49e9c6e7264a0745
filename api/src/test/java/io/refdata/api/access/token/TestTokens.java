package io.refdata.api.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import io.refdata.persistence.access.EndedTokens;
import io.refdata.persistence.access.KnownEndings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Credentials as the settings' defaults make them, with little patience. */
final class TestTokens {
  static final Duration SKEW = Duration.ofSeconds(30);
  static final Duration LONGEST = Duration.ofDays(30);
  static final Duration KEPT = Duration.ofHours(4);
  static final Duration UNKNOWN_EVERY = Duration.ofSeconds(30);
  static final Issuer.Bounds BOUNDS =
      new Issuer.Bounds(Duration.ofSeconds(2), Duration.ofSeconds(5), 65_536, 20);

  /** Nothing is fetched by itself while a test runs. */
  static final KeyTimes TIMES =
      new KeyTimes(
          Duration.ofHours(1), Duration.ofHours(1), KEPT, UNKNOWN_EVERY, Duration.ofSeconds(10), 4);

  private TestTokens() {}

  static TokenRules rules(String issuer) {
    return new TokenRules(
        issuer,
        TestIssuer.AUDIENCE,
        Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256),
        Set.of("at+jwt", "jwt"),
        SKEW,
        LONGEST,
        "roles",
        "",
        "preferred_username",
        200);
  }

  static TokenCredentials of(TestIssuer issuer, IssuerKeys keys, InstantSource clock) {
    return of(issuer, keys, new KnownEndings(() -> EndedTokens.NONE), clock);
  }

  static TokenCredentials of(
      TestIssuer issuer, IssuerKeys keys, KnownEndings endings, InstantSource clock) {
    return new TokenCredentials(rules(issuer.name()), keys, verdicts(1_000, 100), endings, clock);
  }

  static RememberedVerdicts verdicts(long accepted, long refused) {
    return new RememberedVerdicts(accepted, refused, Duration.ofMinutes(1));
  }

  static IssuerKeys keys(TestIssuer issuer, InstantSource clock) {
    return new IssuerKeys(new Issuer(issuer.name(), "", BOUNDS), TIMES, clock);
  }
}
