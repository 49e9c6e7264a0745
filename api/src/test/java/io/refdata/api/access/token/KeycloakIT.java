package io.refdata.api.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.refdata.access.Role;
import io.refdata.api.access.Caller;
import io.refdata.api.access.CheckUnavailable;
import io.refdata.api.access.Verdict;
import io.refdata.persistence.access.EndedTokens;
import io.refdata.persistence.access.KnownEndings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The tokens of a real Keycloak, with its keys changed, and with it stopped for ten minutes of the
 * clock and started again: no request with a right token fails.
 */
@Tag("own-platform")
class KeycloakIT {
  private static final Duration OUTAGE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** By how much the clock of the credentials is ahead of Keycloak's. */
  private volatile Duration ahead = Duration.ZERO;

  private final InstantSource clock = () -> Instant.now().plus(ahead);
  private final Set<String> right = new LinkedHashSet<>();
  private int accepted;
  private int refused;
  private KeycloakServer keycloak;
  private TokenCredentials credentials;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    keycloak = new KeycloakServer(Path.of(System.getProperty("keycloak.home")));
    keycloak.start();
    TokenRules rules =
        new TokenRules(
            keycloak.issuer(),
            "refdata",
            Set.of(JWSAlgorithm.RS256),
            Set.of("jwt"),
            Duration.ofSeconds(30),
            TestTokens.LONGEST,
            "realm_access.roles",
            "",
            "preferred_username",
            200);
    KeyTimes times =
        new KeyTimes(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(8),
            8);
    IssuerKeys keys =
        new IssuerKeys(new Issuer(keycloak.issuer(), "", TestTokens.BOUNDS), times, clock);
    credentials =
        new TokenCredentials(
            rules,
            keys,
            TestTokens.verdicts(3, 100),
            new KnownEndings(() -> EndedTokens.NONE),
            clock);
    credentials.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    keycloak.stop();
    credentials.close();
  }

  @Test
  void noRightTokenIsRefusedWhileKeysChangeAndKeycloakIsAway() throws Exception {
    rolesAreThoseOfTheRealm();
    tokensForOthersAreRefused();

    keycloak.addKey("second", 200);
    String ofSecond = keycloak.token("analysts", "reader");
    assertThat(keyOf(ofSecond)).isNotEqualTo(keyOf(right.iterator().next()));
    right.add(ofSecond);
    askWithAll();

    keycloak.stop();
    while (ahead.compareTo(OUTAGE) < 0) {
      ahead = ahead.plus(PAUSE);
      askWithAll();
    }

    keycloak.start();
    keycloak.addKey("third", 300);
    String ofThird = keycloak.token("analysts", "editor");
    assertThat(keyOf(ofThird)).isNotEqualTo(keyOf(ofSecond));
    right.add(ofThird);
    askWithAll();
    assertThat(refused).as("refused of %s", accepted + refused).isZero();
    assertThat(accepted).isGreaterThan(10_000);
    System.out.printf("%d requests with right tokens accepted, %d refused%n", accepted, refused);
  }

  private void rolesAreThoseOfTheRealm() throws CheckUnavailable {
    assertThat(caller("reader")).isEqualTo(user("reader", Set.of(Role.READER)));
    assertThat(caller("editor")).isEqualTo(user("editor", Set.of(Role.READER, Role.EDITOR)));
    assertThat(caller("loader")).isEqualTo(user("loader", Set.of(Role.LOADER)));
    assertThat(caller("operator")).isEqualTo(user("operator", Set.of(Role.OPERATOR)));
    assertThat(caller("nobody")).isEqualTo(user("nobody", Set.of()));
    String machine = keycloak.machineToken();
    right.add(machine);
    assertThat(credentials.check(machine))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class,
            verdict ->
                assertThat(verdict.caller().until(null))
                    .isEqualTo(user("service-account-machine", Set.of(Role.LOADER))));
  }

  private Caller caller(String user) throws CheckUnavailable {
    String token = keycloak.token("analysts", user);
    right.add(token);
    return ((Verdict.Accepted) credentials.check(token)).caller().until(null);
  }

  private static Caller user(String name, Set<Role> roles) {
    return new Caller(Caller.Kind.TOKEN, name, roles);
  }

  private void tokensForOthersAreRefused() throws CheckUnavailable {
    for (String wrong :
        List.of(
            keycloak.token("elsewhere", "operator"), keycloak.idToken("analysts", "operator"))) {
      assertThat(credentials.check(wrong)).isInstanceOf(Verdict.Refused.class);
    }
  }

  /**
   * Asks as the handler of requests does: first the memory, which is small here, then the check.
   */
  private void askWithAll() {
    for (String token : right) {
      Verdict verdict = credentials.remembered(token);
      try {
        verdict = verdict == null ? credentials.check(token) : verdict;
      } catch (CheckUnavailable e) {
        verdict = null;
      }
      if (verdict instanceof Verdict.Accepted) {
        accepted++;
      } else {
        refused++;
      }
    }
  }

  private static String keyOf(String token) throws TokenRefused {
    return String.valueOf(PresentedToken.of(token, TestTokens.rules("any")).keyName());
  }
}
