package io.refdata.api.access.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that the issuer has published at a time. */
final class KeySet {
  private final Set<SigningKey> keys;

  private KeySet(Set<SigningKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads a JWK set (RFC 7517). Keys that are not for signatures, or not known here, are left out.
   *
   * @param most keys that it may have
   * @throws IOException if it is none, or has no key for signatures
   */
  static KeySet of(String json, int most) throws IOException {
    try {
      List<Object> members = JSONObjectUtils.getJSONArray(JsonObject.of(json), "keys");
      if (members == null || members.size() > most) {
        throw new IOException("The answer has no keys, or more than " + most);
      }
      Set<SigningKey> keys = new LinkedHashSet<>();
      for (Object member : members) {
        if (member instanceof Map<?, ?> key) {
          SigningKey.of(named(key)).ifPresent(keys::add);
        }
      }
      if (keys.isEmpty()) {
        throw new IOException("The answer has no key for signatures");
      }
      return new KeySet(keys);
    } catch (ParseException e) {
      throw new IOException("The answer is not a JWK set", e);
    }
  }

  private static Map<String, Object> named(Map<?, ?> members) {
    Map<String, Object> named = new HashMap<>();
    members.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  /** Whether a token names a key that is not among these. */
  boolean lacksKeyOf(PresentedToken token) {
    String name = token.keyName();
    return name != null && keys.stream().noneMatch(key -> key.isNamed(name));
  }

  /**
   * The key that has signed a token. A token that names none can only be of a set with one key that
   * fits (OpenID Connect Core, 10.1).
   */
  SigningKey signer(PresentedToken token) throws TokenRefused {
    String name = token.keyName();
    List<SigningKey> fitting = new ArrayList<>();
    for (SigningKey key : keys) {
      if ((name == null || key.isNamed(name)) && key.fits(token.algorithm())) {
        fitting.add(key);
      }
    }
    if (lacksKeyOf(token) || (name == null && fitting.size() != 1)) {
      throw new TokenRefused(Reason.UNKNOWN_KEY);
    } else if (fitting.isEmpty()) {
      throw new TokenRefused(Reason.ALGORITHM);
    }
    for (SigningKey key : fitting) {
      if (token.isSignedBy(key)) {
        return key;
      }
    }
    throw new TokenRefused(Reason.SIGNATURE);
  }

  boolean contains(SigningKey key) {
    return keys.contains(key);
  }

  boolean hasSameKeysAs(KeySet other) {
    return keys.equals(other.keys);
  }
}
