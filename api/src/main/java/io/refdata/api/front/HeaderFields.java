package io.refdata.api.front;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Accept;
import io.refdata.api.request.HeaderText;
import io.refdata.api.request.MediaTypes;
import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.List;
import java.util.Optional;

/** Checks the header fields of a request, and brings them to one simple form for later readers. */
final class HeaderFields {
  /** The most header lines of a request. The listener allows more ({@code max-headers}). */
  private static final int MAX_LINES = (int) Setting.HEADERS_LINES.number();

  /** The most characters of all header lines, without their names. */
  private static final int MAX_CHARACTERS = (int) Setting.HEADERS_CHARACTERS.number();

  private static final String REASON = "X-Change-Reason";

  private HeaderFields() {}

  /**
   * Checks the number and the length of headers, and that they hold no control characters.
   *
   * @throws Problem if there are too many, or one holds a control character
   */
  static void check(HeaderMap headers) {
    int lines = 0;
    int characters = 0;
    for (HeaderValues values : headers) {
      lines += values.size();
      boolean text = values.getHeaderName().toString().equalsIgnoreCase(REASON);
      for (String value : values) {
        characters += value.length();
        if (value.indexOf('\0') >= 0 || (text && hasControl(HeaderText.of(value)))) {
          throw malformed(
              "The header %s has a control character.".formatted(values.getHeaderName()));
        }
      }
    }
    if (lines > MAX_LINES) {
      throw new Problem(
          ProblemType.HEADERS_TOO_LARGE, "A request has at most %,d headers.".formatted(MAX_LINES));
    } else if (characters > MAX_CHARACTERS) {
      throw new Problem(
          ProblemType.HEADERS_TOO_LARGE,
          "The headers of a request have at most %,d characters.".formatted(MAX_CHARACTERS));
    }
  }

  private static boolean hasControl(String value) {
    return value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c));
  }

  /**
   * Normalizes the media types, and removes headers that have no effect here.
   *
   * @throws Problem if a media type is malformed
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
