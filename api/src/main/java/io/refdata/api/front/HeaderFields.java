package io.refdata.api.front;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Accept;
import io.refdata.api.request.MediaTypes;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.List;
import java.util.Optional;

/** The header fields of a request, brought to one simple form for whoever reads them later. */
final class HeaderFields {
  /** How many lines a request may have; the listener takes more, {@code max-headers}. */
  private static final int MOST = 200;

  private static final String REASON = "X-Change-Reason";

  private HeaderFields() {}

  /**
   * @throws Problem if they are not as they must be
   */
  static void check(HeaderMap headers) {
    int lines = 0;
    for (HeaderValues values : headers) {
      lines += values.size();
      boolean text = values.getHeaderName().toString().equalsIgnoreCase(REASON);
      for (String value : values) {
        if (value.indexOf('\0') >= 0 || (text && hasControl(value))) {
          throw malformed(
              "The header %s has a control character.".formatted(values.getHeaderName()));
        }
      }
    }
    if (lines > MOST) {
      throw new Problem(
          ProblemType.HEADERS_TOO_LARGE, "A request has at most %,d headers.".formatted(MOST));
    }
  }

  private static boolean hasControl(String value) {
    return value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c));
  }

  /**
   * Puts media types as everybody reads them, and drops what decides about nothing here.
   *
   * @throws Problem if they are none
   */
  static void simplify(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    HeaderValues accept = headers.get(Headers.ACCEPT);
    if (accept != null) {
      Accept accepted = Accept.parse(List.copyOf(accept)).orElseThrow(() -> notMedia("Accept"));
      exchange.putAttachment(Accept.KEY, accepted);
      headers.put(Headers.ACCEPT, accepted.toString());
    }
    HeaderValues type = headers.get(Headers.CONTENT_TYPE);
    if (type != null) {
      Optional<String> plain =
          type.size() == 1 ? MediaTypes.one(type.getFirst()) : Optional.empty();
      headers.put(Headers.CONTENT_TYPE, plain.orElseThrow(() -> notMedia("Content-Type")));
    }
    headers.remove(Headers.ACCEPT_LANGUAGE);
    headers.remove(Headers.ACCEPT_CHARSET);
  }

  private static Problem notMedia(String header) {
    return malformed("The header " + header + " is not made of media types like text/csv.");
  }

  private static Problem malformed(String detail) {
    return new Problem(ProblemType.MALFORMED, detail);
  }
}
