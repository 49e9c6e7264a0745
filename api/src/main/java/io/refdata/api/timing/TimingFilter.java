package io.refdata.api.timing;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.HttpString;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.regex.Pattern;

/**
 * Puts on every answer what it took, as far as that is known when its first byte leaves, and the
 * {@code X-Request-Id} that came with the request.
 */
@WebFilter("/*")
public class TimingFilter extends HttpFilter {
  @Serial private static final long serialVersionUID = 1;
  private static final HttpString SERVER_TIMING = new HttpString("Server-Timing");
  private static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,200}");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = request.getHeader(REQUEST_ID);
    if (id != null && PRINTABLE.matcher(id).matches()) {
      response.setHeader(REQUEST_ID, id);
    }
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    Timing timing = Timing.begin();
    exchange.addResponseCommitListener(
        answer -> answer.getResponseHeaders().put(SERVER_TIMING, timing.header()));
    try {
      chain.doFilter(request, response);
    } finally {
      Timing.end();
    }
  }
}
