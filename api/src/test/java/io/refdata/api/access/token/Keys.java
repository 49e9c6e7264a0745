package io.refdata.api.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** Keys of issuers, which take long to make. */
final class Keys {
  static final RSAKey FIRST = rsa("first");
  static final RSAKey SECOND = rsa("second");
  static final ECKey CURVE = curve("curve", Curve.P_256);

  private Keys() {}

  static RSAKey rsa(String name) {
    return rsa(name, 2_048);
  }

  static RSAKey rsa(String name, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyUse(KeyUse.SIGNATURE).keyID(name).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey curve(String name, Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyID(name).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
