package io.refdata.api.access.key;

import io.refdata.access.Role;
import io.refdata.api.access.Caller;
import io.refdata.api.access.CheckUnavailable;
import io.refdata.api.access.Credentials;
import io.refdata.api.access.Remembered;
import io.refdata.api.access.Verdict;
import io.refdata.persistence.access.ApiKey;
import io.refdata.persistence.access.KeyHash;
import io.refdata.persistence.access.KeyText;
import io.refdata.persistence.access.KeysUnavailable;
import io.refdata.persistence.access.KnownKeys;
import io.refdata.persistence.access.Standing;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * API keys, and the operator's key of the settings, which makes the first of them. A key that is
 * wrong, revoked or over gets the same answer.
 */
@ApplicationScoped
public class KeyCredentials implements Credentials {
  /** The name of the key in {@code refdata.access.operator-key}. */
  static final String OPERATOR_NAME = "operator-key";

  private static final String NAMES = "key:";
  private static final Verdict REFUSED =
      new Verdict.Refused("invalid_token", "The key is not valid.");
  private static final Verdict OPERATOR =
      new Verdict.Accepted(
          new Caller(Caller.Kind.KEY, NAMES + OPERATOR_NAME, Set.of(Role.values())), Instant.MAX);

  private final KnownKeys known;
  private final byte[] operatorKey;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  KeyCredentials() {
    known = null;
    operatorKey = new byte[0];
  }

  @Inject
  public KeyCredentials(KnownKeys known) {
    this(known, Setting.ACCESS_OPERATOR_KEY.text());
  }

  KeyCredentials(KnownKeys known, String operatorKey) {
    this.known = known;
    this.operatorKey = operatorKey.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean recognizes(String credential) {
    return credential.startsWith(KeyText.BEGINNING) || isOperatorKey(credential);
  }

  /** Only texts of the same length are compared, in constant time; most are shorter or longer. */
  private boolean isOperatorKey(String credential) {
    return operatorKey.length > 0
        && credential.length() == operatorKey.length
        && MessageDigest.isEqual(operatorKey, credential.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Remembered remembering(String credential) {
    if (isOperatorKey(credential)) {
      return () -> OPERATOR;
    }
    if (!KeyText.isWhole(credential)) {
      return () -> REFUSED;
    }
    KeyHash hash = KeyHash.of(credential);
    return () -> remembered(hash);
  }

  private @Nullable Verdict remembered(KeyHash hash) {
    Standing standing = known.remembered(hash);
    return standing == null ? null : verdict(standing);
  }

  @Override
  public Verdict check(String credential) throws CheckUnavailable {
    if (isOperatorKey(credential)) {
      return OPERATOR;
    }
    if (!KeyText.isWhole(credential)) {
      return REFUSED;
    }
    try {
      return verdict(known.check(KeyHash.of(credential)));
    } catch (KeysUnavailable e) {
      throw new CheckUnavailable("The keys cannot be read now.", e);
    }
  }

  private static Verdict verdict(Standing standing) {
    ApiKey key = standing.key();
    return key == null
        ? REFUSED
        : new Verdict.Accepted(
            new Caller(Caller.Kind.KEY, NAMES + key.name(), key.roles(), key.expiresAt()),
            standing.until());
  }
}
