package io.refdata.api.access;

import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The credential in a request, as RFC 6750 and RFC 7617 have it: {@code Authorization: Bearer} and
 * the credential, or {@code Basic} with the credential as the password and any user.
 */
final class SentCredential {
  /** RFC 6750 knows a token in the URL too. There it would stand in logs, so it is not taken. */
  private static final String PARAMETER = "access_token";

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final int LONGEST = (int) Setting.ACCESS_CREDENTIAL_CHARACTERS.number();

  private SentCredential() {}

  /** The request is malformed; the message says in which way, without what it sent. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * The header of a request that may bear a credential.
   *
   * @return null if there is none
   * @throws Malformed if there are several, or a credential stands in the URL
   */
  static @Nullable String line(HttpServerExchange exchange) throws Malformed {
    if (hasParameter(exchange.getQueryString())) {
      throw new Malformed("A credential is taken from the header Authorization only.");
    }
    HeaderValues lines = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
    if (lines == null || lines.isEmpty()) {
      return null;
    } else if (lines.size() > 1) {
      throw new Malformed("There are several headers Authorization.");
    }
    return lines.getFirst();
  }

  /**
   * The credential in a header.
   *
   * @return null if it is of a scheme that is not known
   * @throws Malformed if it is malformed or too long
   */
  static @Nullable String in(String line) throws Malformed {
    String credential;
    if (isOf(BEARER, line)) {
      credential = line.substring(BEARER.length()).strip();
    } else if (isOf(BASIC, line)) {
      credential = password(line.substring(BASIC.length()).strip());
    } else if (line.equalsIgnoreCase(BEARER.strip()) || line.equalsIgnoreCase(BASIC.strip())) {
      credential = "";
    } else {
      return null;
    }
    if (credential.length() > LONGEST) {
      throw new Malformed("The credential is too long.");
    } else if (credential.isEmpty() || !isPlain(credential)) {
      throw new Malformed("The credential is malformed.");
    }
    return credential;
  }

  private static boolean hasParameter(String query) {
    return query.startsWith(PARAMETER + "=") || query.contains("&" + PARAMETER + "=");
  }

  private static boolean isOf(String scheme, String line) {
    return line.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static String password(String encoded) throws Malformed {
    if (encoded.length() > 2 * LONGEST) {
      throw new Malformed("The credential is too long.");
    }
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? "" : pair.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      throw new Malformed("The credential is malformed.");
    }
  }

  /** Whether it has only characters of {@code b64token}. */
  private static boolean isPlain(String credential) {
    for (int i = 0; i < credential.length(); i++) {
      char c = credential.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~+/=".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
