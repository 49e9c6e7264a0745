package io.refdata.api.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token as a request bears it, of the right form, with an acceptable header: nothing in it is
 * known to be true. Addresses and keys in its header ({@code jku}, {@code x5u}, {@code jwk}, {@code
 * x5c}) are never used.
 */
final class PresentedToken {
  private static final String MEDIA_TYPE = "application/";
  private static final int PARTS = 3;

  private final JWSHeader header;
  private final byte[] signed;
  private final String payload;
  private final Base64URL signature;

  private PresentedToken(String token, TokenRules rules) throws TokenRefused {
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    if (!hasForm(token)) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    this.signed = token.substring(0, last).getBytes(StandardCharsets.US_ASCII);
    this.payload = token.substring(first + 1, last);
    this.signature = new Base64URL(token.substring(last + 1));
    if (!Base64URL.encode(signature.decode()).equals(signature)) {
      // Another text of the same signature would be remembered beside it.
      throw new TokenRefused(Reason.MALFORMED);
    }
    try {
      this.header = JWSHeader.parse(new Base64URL(token.substring(0, first)));
    } catch (ParseException | RuntimeException e) {
      // The library fails in many ways at a header like "null"; none of them is the server's fault.
      throw new TokenRefused(Reason.MALFORMED);
    }
    checkHeader(rules);
  }

  static PresentedToken of(String token, TokenRules rules) throws TokenRefused {
    return new PresentedToken(token, rules);
  }

  /** Whether a text consists of three parts, which may be empty. */
  static boolean hasParts(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first >= 0 && second >= 0 && text.indexOf('.', second + 1) < 0;
  }

  /** The library skips letters that are not of base64url, so they are looked for here. */
  private static boolean hasForm(String token) {
    int parts = 1;
    int length = 0;
    for (int i = 0; i < token.length(); i++) {
      char letter = token.charAt(i);
      if (letter == '.') {
        if (length == 0) {
          return false;
        }
        parts++;
        length = 0;
      } else if (isBase64Url(letter)) {
        length++;
      } else {
        return false;
      }
    }
    return parts == PARTS && length > 0;
  }

  private static boolean isBase64Url(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '-'
        || letter == '_';
  }

  private void checkHeader(TokenRules rules) throws TokenRefused {
    if (!rules.algorithms().contains(header.getAlgorithm())) {
      throw new TokenRefused(Reason.ALGORITHM);
    }
    // No extension is known here, so none can be understood (RFC 7515, 4.1.11).
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      throw new TokenRefused(Reason.CRITICAL);
    }
    if (!rules.types().contains(type())) {
      throw new TokenRefused(Reason.TYPE);
    }
  }

  private String type() {
    if (header.getType() == null) {
      return TokenRules.NO_TYPE;
    }
    String type = header.getType().getType().toLowerCase(Locale.ROOT);
    return type.startsWith(MEDIA_TYPE) ? type.substring(MEDIA_TYPE.length()) : type;
  }

  JWSAlgorithm algorithm() {
    return header.getAlgorithm();
  }

  /** The name of the key that is said to have signed it; null if it has none. */
  @Nullable String keyName() {
    return header.getKeyID();
  }

  boolean isSignedBy(SigningKey key) {
    return key.hasSigned(header, signed, signature);
  }

  /** The claims of the token; ask only when the signature is right. */
  Map<String, Object> claims() throws TokenRefused {
    try {
      return JsonObject.of(new Base64URL(payload).decodeToString());
    } catch (ParseException e) {
      throw new TokenRefused(Reason.MALFORMED);
    }
  }
}
