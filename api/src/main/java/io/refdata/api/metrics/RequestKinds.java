package io.refdata.api.metrics;

import io.refdata.api.route.Route;
import io.refdata.persistence.metrics.RequestDurations;
import io.refdata.persistence.metrics.RequestLabels;
import io.refdata.persistence.metrics.duration.Durations;
import io.refdata.settings.Setting;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kind that a request is timed as. Nothing that a client makes up gets into it: an address is
 * one of {@link Route}, or unknown; a method or a status is a common one, or one of all others.
 */
final class RequestKinds {
  /** Whether requests are timed at all; {@code -Drefdata.metrics.requests}. */
  static final boolean TIMED = Boolean.parseBoolean(Setting.METRICS_REQUESTS.text());

  static final String NOT_CACHED = "none";

  /** The client has closed the connection before its response began, as nginx calls it. */
  static final int CLIENT_GONE = 499;

  /** The names by method: a method is found in capital and in small letters. */
  private static final Map<HttpString, String> METHODS =
      Stream.of(
              Methods.GET,
              Methods.HEAD,
              Methods.POST,
              Methods.PUT,
              Methods.PATCH,
              Methods.DELETE,
              Methods.OPTIONS)
          .collect(Collectors.toUnmodifiableMap(method -> method, HttpString::toString));

  private static final Set<Integer> STATUSES =
      Set.of(
          200,
          201,
          202,
          204,
          206,
          304,
          400,
          401,
          403,
          404,
          405,
          406,
          409,
          410,
          412,
          413,
          415,
          416,
          422,
          428,
          429,
          CLIENT_GONE,
          500,
          503,
          507);

  private static final int CLASS = 100;
  private static final int LAST_CLASS = 5;

  private RequestKinds() {}

  static RequestLabels of(HttpString method, @Nullable Route route, int status, String cache) {
    return new RequestLabels(
        METHODS.getOrDefault(method, "other"), uri(route), status(status), cache);
  }

  /** A stream is told by its address and status only. */
  static RequestLabels stream(@Nullable Route route, int status) {
    return new RequestLabels("", uri(route), status(status), NOT_CACHED);
  }

  private static String uri(@Nullable Route route) {
    return route == null ? "unknown" : Route.ROOT + route.template();
  }

  private static String status(int status) {
    if (STATUSES.contains(status)) {
      return Integer.toString(status);
    }
    return Math.min(status / CLASS, LAST_CLASS) + "xx";
  }

  /** The durations of the GETs of an address that are answered from the cache. */
  static Durations cached(Route route, int status) {
    String outcome = status == StatusCodes.NOT_MODIFIED ? "revalidated" : "hit";
    return RequestDurations.REQUESTS.of(of(Methods.GET, route, status, outcome));
  }
}
