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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reads that are answered ahead of the servlets, by {@link DirectReads}. */
@ApplicationScoped
public class Reads {
  private final Map<Route, Read> reads = new ConcurrentHashMap<>();
  private final Map<Route, Ahead> gathered = new ConcurrentHashMap<>();
  @Inject private Failures failures;

  /** Builds the response to a GET in memory. */
  @FunctionalInterface
  public interface Read {
    Representation read(HttpServerExchange exchange, ReadRequest request) throws IOException;
  }

  /** Reads for several requests at once what their {@link Read} needs. */
  @FunctionalInterface
  public interface Ahead {
    /** Never throws: what it finds, or its failure, waits for the request that it belongs to. */
    void read(List<HttpServerExchange> exchanges);
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

  /** Reads ahead for the GETs of a route that wait together. */
  public void gather(Route route, Ahead ahead) {
    gathered.put(route, ahead);
  }

  boolean canGather(@Nullable Route route) {
    return route != null && gathered.containsKey(route);
  }

  void readAhead(List<HttpServerExchange> exchanges) {
    exchanges.stream()
        .collect(Collectors.groupingBy(exchange -> gathered.get(Route.of(exchange))))
        .forEach(Ahead::read);
  }

  Optional<Read> read(@Nullable Route route) {
    return route == null ? Optional.empty() : Optional.ofNullable(reads.get(route));
  }

  Failures failures() {
    return failures;
  }
}
