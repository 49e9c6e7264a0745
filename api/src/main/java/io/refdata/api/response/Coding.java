package io.refdata.api.response;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;

/** How a client wants the bytes of an answer, by its {@code Accept-Encoding} (RFC 9110, 12.5.3). */
public enum Coding {
  /** As they are. */
  PLAIN,
  /** In gzip where that is worth it. */
  GZIP,
  /** In gzip, however few they are. */
  ONLY_GZIP,
  /** In no way that there is here. */
  NONE;

  private static final AttachmentKey<Coding> CHOSEN = AttachmentKey.create(Coding.class);
  private static final double UNSAID = -1;

  /** What the client of an exchange wants; without the header, the bytes as they are. */
  public static Coding of(HttpServerExchange exchange) {
    Coding chosen = exchange.getAttachment(CHOSEN);
    if (chosen == null) {
      HeaderValues lines = exchange.getRequestHeaders().get(Headers.ACCEPT_ENCODING);
      chosen = lines == null ? PLAIN : of(String.join(",", lines));
      exchange.putAttachment(CHOSEN, chosen);
    }
    return chosen;
  }

  static Coding of(String accepted) {
    double gzip = UNSAID;
    double identity = UNSAID;
    double any = UNSAID;
    for (String coding : accepted.split(",")) {
      int end = coding.indexOf(';');
      String name = (end < 0 ? coding : coding.substring(0, end)).strip().toLowerCase(Locale.ROOT);
      double quality = end < 0 ? 1 : quality(coding.substring(end + 1));
      switch (name) {
        case "gzip", "x-gzip" -> gzip = Math.max(gzip, quality);
        case "identity" -> identity = quality;
        case "*" -> any = quality;
        default -> {
          // A coding that there is not here.
        }
      }
    }
    double ofGzip = gzip == UNSAID ? any : gzip;
    boolean plain = identity == UNSAID ? any != 0 : identity > 0;
    if (ofGzip > 0) {
      return plain ? (identity > ofGzip ? PLAIN : GZIP) : ONLY_GZIP;
    }
    return plain ? PLAIN : NONE;
  }

  /** What is no quality counts as the best: who sends that means the coding it stands at. */
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

  /** Whether so many bytes go in gzip. */
  boolean compresses(int bytes) {
    return this == ONLY_GZIP || (this == GZIP && bytes >= Gzip.WORTH);
  }
}
