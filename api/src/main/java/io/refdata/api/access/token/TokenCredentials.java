package io.refdata.api.access.token;

import io.refdata.api.access.Caller;
import io.refdata.api.access.CheckUnavailable;
import io.refdata.api.access.Credentials;
import io.refdata.api.access.Remembered;
import io.refdata.api.access.Verdict;
import io.refdata.persistence.access.EndedTokens;
import io.refdata.persistence.access.KnownEndings;
import io.refdata.settings.Setting;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens of the issuer. A token is checked when it is first seen, and remembered by its hash
 * until it expires, its key is withdrawn, or an operator ends it. From {@link #start} to {@link
 * #close}.
 */
public final class TokenCredentials implements Credentials, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TokenCredentials.class);

  private final TokenRules rules;
  private final IssuerKeys keys;
  private final RememberedVerdicts verdicts;
  private final KnownEndings endings;
  private final InstantSource clock;

  TokenCredentials(
      TokenRules rules,
      IssuerKeys keys,
      RememberedVerdicts verdicts,
      KnownEndings endings,
      InstantSource clock) {
    this.rules = rules;
    this.keys = keys;
    this.verdicts = verdicts;
    this.endings = endings;
    this.clock = clock;
  }

  /** The tokens of the issuer in the settings; if there is none, no token is recognized. */
  public static TokenCredentials ofSettings(KnownEndings endings) {
    InstantSource clock = InstantSource.system();
    TokenRules rules = TokenRules.ofSettings();
    Issuer issuer =
        new Issuer(rules.issuer(), Setting.ACCESS_KEYS.text(), Issuer.Bounds.ofSettings());
    return new TokenCredentials(
        rules,
        new IssuerKeys(issuer, KeyTimes.ofSettings(), clock),
        RememberedVerdicts.ofSettings(),
        endings,
        clock);
  }

  /**
   * Fetches the keys of the issuer, and returns after the first try, which takes a bounded time.
   * Without keys no token can be checked; they are tried again. Without an issuer nothing is done.
   */
  public void start() throws InterruptedException {
    if (!rules.issuer().isEmpty()) {
      keys.start();
    }
  }

  @Override
  public boolean recognizes(String credential) {
    return !rules.issuer().isEmpty() && PresentedToken.hasParts(credential);
  }

  @Override
  public Remembered remembering(String credential) {
    TokenHash hash = TokenHash.of(credential);
    return () -> remembered(hash);
  }

  private @Nullable Verdict remembered(TokenHash token) {
    KeySet present = keys.now();
    return present == null
        ? null
        : verdicts.of(token, present, endings.remembered(), clock.millis());
  }

  @Override
  public Verdict check(String credential) throws CheckUnavailable {
    KeySet present = keys.now();
    if (present == null) {
      throw new CheckUnavailable("There are no keys of the issuer");
    }
    try {
      PresentedToken token = PresentedToken.of(credential, rules);
      if (present.lacksKeyOf(token)) {
        present = keys.next(token);
      }
      return accept(credential, token, present);
    } catch (TokenRefused e) {
      LOG.debugf("A token is refused: %s", e.reason());
      verdicts.refuse(TokenHash.of(credential), e.reason(), present, clock.instant(), e.until());
      return e.reason().verdict();
    }
  }

  private Verdict accept(String credential, PresentedToken token, KeySet present)
      throws TokenRefused, CheckUnavailable {
    SigningKey key = present.signer(token);
    Claims claims = new Claims(token.claims(), rules);
    Instant until = claims.check(clock.instant());
    Caller caller = claims.caller().until(until);
    TokenIdentity identity = claims.identity();
    EndedTokens ended = endings.check();
    if (ended == null) {
      throw new CheckUnavailable("It cannot be told now which tokens were ended");
    }
    if (identity.isEnded(ended)) {
      throw new TokenRefused(Reason.ENDED);
    }
    Verdict.Accepted verdict = new Verdict.Accepted(caller, until);
    verdicts.accept(TokenHash.of(credential), verdict, key, identity, present, ended);
    return verdict;
  }

  /** The keys are not fetched any more. */
  @Override
  public void close() {
    keys.close();
  }
}
