package io.refdata.api.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A public key that the issuer signs tokens with. Two are equal if they are the same key of the
 * same name for the same use.
 */
final class SigningKey {
  /** Bits of an RSA key: fewer are not safe, more take the time of the server. */
  private static final int LEAST_BITS = 2_048;

  private static final int MOST_BITS = 8_192;
  private static final int MOST_BITS_OF_EXPONENT = 32;
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);

  private final @Nullable String name;
  private final @Nullable String algorithm;
  private final String thumbprint;
  private final JWSVerifier verifier;

  private SigningKey(JWK key, JWSVerifier verifier) throws JOSEException {
    this.name = key.getKeyID();
    this.algorithm = key.getAlgorithm() == null ? null : key.getAlgorithm().getName();
    this.thumbprint = key.computeThumbprint().toString();
    this.verifier = verifier;
  }

  /** A key of a JWK set; empty if it is none that tokens can be signed with (RFC 7517, 5). */
  static Optional<SigningKey> of(Map<String, Object> json) {
    try {
      JWK key = JWK.parse(json);
      JWSVerifier verifier = isForSignatures(key) ? verifier(key) : null;
      return verifier == null ? Optional.empty() : Optional.of(new SigningKey(key, verifier));
    } catch (ParseException | JOSEException | RuntimeException e) {
      // The library fails in many ways at a key that is none.
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(JWK key) {
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa) {
      RSAPublicKey publicKey = rsa.toRSAPublicKey();
      return isSound(publicKey) ? new RSASSAVerifier(publicKey) : null;
    }
    return key instanceof ECKey curve ? new ECDSAVerifier(curve.toECPublicKey()) : null;
  }

  private static boolean isSound(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    BigInteger exponent = key.getPublicExponent();
    return bits >= LEAST_BITS
        && bits <= MOST_BITS
        && exponent.testBit(0)
        && exponent.compareTo(LEAST_EXPONENT) >= 0
        && exponent.bitLength() <= MOST_BITS_OF_EXPONENT;
  }

  boolean isNamed(String other) {
    return other.equals(name);
  }

  /** Whether the key is of the kind that an algorithm needs, and meant for it. */
  boolean fits(JWSAlgorithm wanted) {
    return verifier.supportedJWSAlgorithms().contains(wanted)
        && (algorithm == null || algorithm.equals(wanted.getName()));
  }

  boolean hasSigned(JWSHeader header, byte[] content, Base64URL signature) {
    try {
      return verifier.verify(header, content, signature);
    } catch (JOSEException e) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SigningKey that
        && thumbprint.equals(that.thumbprint)
        && Objects.equals(name, that.name)
        && Objects.equals(algorithm, that.algorithm);
  }

  @Override
  public int hashCode() {
    return thumbprint.hashCode();
  }
}
