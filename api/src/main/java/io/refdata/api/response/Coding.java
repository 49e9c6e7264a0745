package io.refdata.api.response;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;

/** The content coding that a client accepts, by its {@code Accept-Encoding} (RFC 9110, 12.5.3). */
public enum Coding {
  /** No coding. */
  PLAIN,
  /** Gzip, if the response is long enough to gain from it. */
  GZIP,
  /** Gzip, however short the response is. */
  ONLY_GZIP,
  /** None of the codings that the platform has. */
  NONE;

  private static final AttachmentKey<Coding> KEY = AttachmentKey.create(Coding.class);
  private static final double NOT_GIVEN = -1;

  /** The coding for an exchange; without the header {@link #PLAIN}. */
  public static Coding of(HttpServerExchange exchange) {
    Coding chosen = exchange.getAttachment(KEY);
    if (chosen == null) {
      HeaderValues lines = exchange.getRequestHeaders().get(Headers.ACCEPT_ENCODING);
      chosen = lines == null ? PLAIN : of(String.join(",", lines));
      exchange.putAttachment(KEY, chosen);
    }
    return chosen;
  }

  static Coding of(String accepted) {
    double gzip = NOT_GIVEN;
    double identity = NOT_GIVEN;
    double any = NOT_GIVEN;
    for (String coding : accepted.split(",")) {
      int end = coding.indexOf(';');
      String name = (end < 0 ? coding : coding.substring(0, end)).strip().toLowerCase(Locale.ROOT);
      double quality = end < 0 ? 1 : quality(coding.substring(end + 1));
      switch (name) {
        case "gzip", "x-gzip" -> gzip = Math.max(gzip, quality);
        case "identity" -> identity = quality;
        case "*" -> any = quality;
        default -> {
          // The platform does not have this coding.
        }
      }
    }
    double ofGzip = gzip == NOT_GIVEN ? any : gzip;
    boolean plain = identity == NOT_GIVEN ? any != 0 : identity > 0;
    if (ofGzip > 0) {
      return plain ? (identity > ofGzip ? PLAIN : GZIP) : ONLY_GZIP;
    }
    return plain ? PLAIN : NONE;
  }

  /** The weight of a coding. A malformed weight counts as 1: the client did name the coding. */
  private static double quality(String parameter) {
    String text = parameter.strip();
    if (!text.startsWith("q=") && !text.startsWith("Q=")) {
      return 1;
    }
    String number = text.substring(2).strip();
    boolean isNumber =
        !number.isEmpty() && number.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    try {
      return isNumber ? Math.min(1, Double.parseDouble(number)) : 1;
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Whether a response of so many bytes is sent in gzip. */
  boolean compresses(int bytes) {
    return this == ONLY_GZIP || (this == GZIP && bytes >= Gzip.MIN_BYTES);
  }
}
