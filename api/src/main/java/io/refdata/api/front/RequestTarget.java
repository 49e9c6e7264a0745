package io.refdata.api.front;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.Problem.Error;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.route.Route;
import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the URL of a request (RFC 9112, 3.2): it is an absolute path in the characters of RFC
 * 3986, and its escapes are valid UTF-8. Later handlers that decode it can rely on this.
 */
final class RequestTarget {
  /**
   * The longest URL, in characters. The listener of the server allows somewhat more ({@code
   * max-header-size}), so that this check can respond. Longer selections go into a body.
   */
  private static final int MAX_LENGTH = (int) Setting.URL_CHARACTERS.number();

  /** The most parameters of a URL. The listener allows more ({@code max-parameters}). */
  private static final int MAX_PARAMETERS = (int) Setting.URL_PARAMETERS.number();

  /**
   * The printable ASCII characters that must be escaped in a URL. In a path the brackets too. All
   * characters that are not printable ASCII must be escaped as well.
   */
  private static final String ESCAPED = " \"#<>\\^`{|}";

  private static final String BRACKETS = "[]";
  private static final String BROKEN =
      "has a % that two hexadecimal digits do not follow, or is not UTF-8";

  private RequestTarget() {}

  /**
   * Checks the path and the query.
   *
   * @throws Problem if the URL is too long or malformed
   */
  static void check(HttpServerExchange exchange) {
    String path =
        exchange.isHostIncludedInRequestURI()
            ? exchange.getRequestPath()
            : exchange.getRequestURI();
    String query = exchange.getQueryString();
    if (path.length() + query.length() > MAX_LENGTH) {
      throw new Problem(
          ProblemType.URI_TOO_LONG,
          "The URL has more than %,d characters; a long selection goes into the body of POST …/observations/query."
              .formatted(MAX_LENGTH));
    } else if (!path.startsWith("/")) {
      throw new Problem(ProblemType.MALFORMED, "The path of the request does not begin with /.");
    }
    checkPath(path);
    checkQuery(query);
  }

  private static void checkPath(String path) {
    int unescaped = unescaped(path, ESCAPED + BRACKETS);
    if (unescaped >= 0) {
      throw new Problem(
          ProblemType.MALFORMED,
          "The path has a character that must be escaped with a %%, the %,dth of it."
              .formatted(unescaped + 1));
    } else if (!isWellFormed(path)) {
      throw new Problem(ProblemType.MALFORMED, "The path " + BROKEN + ".");
    } else if (path.contains("%00")) {
      throw Problem.notFound("Nothing has this path: no name contains the character U+0000.");
    } else if (path.startsWith(Route.ROOT) && path.indexOf(';') >= 0) {
      throw Problem.notFound("Nothing has this path: there are no parameters after a semicolon.");
    } else if (path.startsWith(Route.ROOT) && hasEmptySegment(path)) {
      throw Problem.notFound("Nothing has this path: there is no name after one of its slashes.");
    }
  }

  private static boolean hasEmptySegment(String path) {
    return path.endsWith("/") || path.indexOf("//", Route.ROOT.length() - 1) >= 0;
  }

  private static void checkQuery(String query) {
    int parameters = query.isEmpty() ? 0 : 1;
    for (int i = 0; i < query.length(); i++) {
      if (query.charAt(i) == '&' && ++parameters > MAX_PARAMETERS) {
        throw new Problem(
            ProblemType.INVALID,
            "The URL has more than %,d parameters; several values of one can be separated by commas."
                .formatted(MAX_PARAMETERS));
      }
    }
    List<Error> faults = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      String fault =
          unescaped(parameter, ESCAPED) >= 0
              ? "has a character that must be escaped with a %"
              : !isWellFormed(parameter)
                  ? BROKEN
                  : parameter.contains("%00")
                      ? "holds the character U+0000, which cannot be stored"
                      : "";
      if (!fault.isEmpty()) {
        faults.add(Error.parameter(printable(parameter.split("=", 2)[0]), fault));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
  }

  /** A name that can be shown: bytes that are not printable ASCII become question marks. */
  private static String printable(String name) {
    return name.chars()
        .map(c -> c > ' ' && c < 0x7f ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The index of the first character that must be escaped; -1 if there is none. */
  private static int unescaped(String text, String escaped) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || escaped.indexOf(c) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether all escapes are valid, and decode to valid UTF-8. The text itself is ASCII. */
  private static boolean isWellFormed(String text) {
    if (text.indexOf('%') < 0) {
      return true;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        bytes.put((byte) text.charAt(i));
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return false;
      }
      bytes.put((byte) (16 * high + low));
      i += 2;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
