package io.refdata.api.cache;

import io.refdata.api.problem.Failures;
import io.refdata.api.request.ReadRequest;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.undertow.server.HttpServerExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The reads that are answered ahead of the servlets, by {@link DirectReads}. */
@ApplicationScoped
public class Reads {
  private final Map<Route, Read> reads = new ConcurrentHashMap<>();
  @Inject private Failures failures;

  /** Builds the response to a GET in memory. */
  @FunctionalInterface
  public interface Read {
    Representation read(HttpServerExchange exchange, ReadRequest request) throws IOException;
  }

  /** Hands this bean to the handler ahead of the servlets, where there is no injection. */
  void publish(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
    context.setAttribute(Reads.class.getName(), this);
  }

  static @Nullable Reads of(ServletContext context) {
    return (Reads) context.getAttribute(Reads.class.getName());
  }

  /** Answers the GETs of a route, unless they may be streams. */
  public void add(Route route, Read read) {
    reads.put(route, read);
  }

  Optional<Read> read(@Nullable Route route) {
    return route == null ? Optional.empty() : Optional.ofNullable(reads.get(route));
  }

  Failures failures() {
    return failures;
  }
}
