package io.refdata.api.timing;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Puts on every answer that is made what it took, as far as that is known when its first byte
 * leaves, and the {@code X-Request-Id} that came with the request.
 */
@WebFilter("/*")
public class TimingFilter extends HttpFilter {
  @Serial private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    RequestId.echo(exchange);
    Timing timing = Timing.begin();
    exchange.addResponseCommitListener(answer -> ServerTiming.put(answer, timing));
    try {
      chain.doFilter(request, response);
    } finally {
      Timing.end();
    }
  }
}
