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
 * Adds {@code Server-Timing} to every response that is not from the cache, with the times up to its
 * first byte, and {@code X-Request-Id} if the request has one.
 */
@WebFilter("/*")
public class TimingFilter extends HttpFilter {
  @Serial private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    Timing.begin(exchange, System.nanoTime());
    try {
      chain.doFilter(request, response);
    } finally {
      Timing.end();
    }
  }
}
