package io.refdata.server;

import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The credential of the server's requests to itself. It is made at random at each start, and only
 * this process knows it.
 */
public final class OwnCredential {
  /** The first characters of the credential. */
  public static final String PREFIX = "rdo_";

  private static final int BYTES = 32;
  private static final String VALUE = PREFIX + random();

  private OwnCredential() {}

  /** Adds it to a request. */
  public static void addTo(URLConnection request) {
    request.setRequestProperty("Authorization", "Bearer " + VALUE);
  }

  /** Whether this is it; how long that takes does not tell how much of it is right. */
  public static boolean is(String credential) {
    return MessageDigest.isEqual(
        credential.getBytes(StandardCharsets.UTF_8), VALUE.getBytes(StandardCharsets.UTF_8));
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
