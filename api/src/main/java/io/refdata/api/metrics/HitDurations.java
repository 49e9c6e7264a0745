package io.refdata.api.metrics;

import io.refdata.api.route.Route;
import io.refdata.persistence.metrics.duration.Durations;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The durations of the cached responses of an address. Each cached response has them at hand, so
 * that to record one takes no look-up.
 */
public final class HitDurations {
  private static final Map<Route, HitDurations> ALL = new EnumMap<>(Route.class);

  private final Durations sent;
  private final Durations notModified;

  private HitDurations(Route route) {
    sent = RequestKinds.cached(route, StatusCodes.OK);
    notModified = RequestKinds.cached(route, StatusCodes.NOT_MODIFIED);
  }

  /** Those of the address of a request; null if requests are not timed. */
  public static @Nullable HitDurations of(HttpServerExchange exchange) {
    Route route = Route.of(exchange);
    return route == null || !RequestKinds.TIMED ? null : of(route);
  }

  private static HitDurations of(Route route) {
    synchronized (ALL) {
      return ALL.computeIfAbsent(route, HitDurations::new);
    }
  }

  /** Records a response with its bytes, in nanoseconds from the arrival of its request. */
  public void sent(long nanos) {
    sent.record(nanos);
  }

  /** Records a 304, in nanoseconds from the arrival of its request. */
  public void notModified(long nanos) {
    notModified.record(nanos);
  }
}
