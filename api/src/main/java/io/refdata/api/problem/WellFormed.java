package io.refdata.api.problem;

import io.refdata.api.problem.Problem.Error;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses requests whose URL cannot be told the meaning of: a percent sign that two hexadecimal
 * digits do not follow, or bytes that are no UTF-8. Whoever decodes it further on may rely on it.
 */
public class WellFormed extends HttpFilter {
  @Serial private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isWellFormed(request.getRequestURI())) {
      ProblemJson.answer(
          new Problem(
              ProblemType.MALFORMED,
              "The path has a % that two hexadecimal digits do not follow, or is not UTF-8."),
          request.getRequestURI(),
          response);
      return;
    }
    List<Error> faults = faults(request.getQueryString());
    if (faults.isEmpty()) {
      chain.doFilter(request, response);
    } else {
      ProblemJson.answer(Problem.invalid(faults), request.getRequestURI(), response);
    }
  }

  private static List<Error> faults(@org.jspecify.annotations.Nullable String query) {
    List<Error> faults = new ArrayList<>();
    if (query != null && query.indexOf('%') >= 0) {
      for (String parameter : query.split("&", -1)) {
        if (!isWellFormed(parameter)) {
          faults.add(
              Error.parameter(
                  parameter.split("=", 2)[0],
                  "has a % that two hexadecimal digits do not follow, or is not UTF-8"));
        }
      }
    }
    return faults;
  }

  private static boolean isWellFormed(String text) {
    if (text.indexOf('%') < 0) {
      return true;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        bytes.put((byte) Math.min(text.charAt(i), '?'));
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
