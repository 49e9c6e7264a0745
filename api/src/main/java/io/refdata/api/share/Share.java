package io.refdata.api.share;

import io.refdata.api.request.ReadRequest;
import io.refdata.api.response.Format;
import io.refdata.api.route.Route;
import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of the server's threads and connections that belongs to one kind of request. Each has its
 * bounds: how many requests run and how many wait at a time, and how long one waits. Beyond them a
 * request is refused, and those of other shares do not notice.
 */
public enum Share {
  /** Reads of single items and codes; those that wait are read together. */
  ITEMS(Setting.ITEMS_AT_A_TIME, Setting.ITEMS_WAITING, Setting.READS_WAIT, true),
  /** All other reads that are short: pages of lists, histories, series, bounded observations. */
  LISTS(Setting.LISTS_AT_A_TIME, Setting.LISTS_WAITING, Setting.READS_WAIT, true),
  /** Reads of observations that may be long, because their URL does not bound how many. */
  OBSERVATIONS(Setting.PAGES_AT_A_TIME, Setting.PAGES_WAITING, Setting.STREAMS_WAIT, false),
  /** Responses that may be streams: each holds a thread and a connection while it is read. */
  STREAMS(Setting.STREAMS_AT_A_TIME, Setting.STREAMS_WAITING, Setting.STREAMS_WAIT, false),
  /** Writes of items, datasets and layouts. */
  EDITS(Setting.EDITS_AT_A_TIME, Setting.EDITS_WAITING, Setting.WRITES_WAIT, false),
  /** Pushes of observations. */
  PUSHES(Setting.PUSHES_AT_A_TIME, Setting.PUSHES_WAITING, Setting.WRITES_WAIT, false),
  /** Requests about loads and payloads; the loads themselves run elsewhere. */
  LOADS(Setting.LOADS_AT_A_TIME, Setting.LOADS_WAITING, Setting.WRITES_WAIT, false),
  /** Looking after the database, the performance and the monitoring. */
  OPERATIONS(Setting.OPERATIONS_AT_A_TIME, Setting.OPERATIONS_WAITING, Setting.WRITES_WAIT, false),
  /** All else: it has no address in the API. */
  OTHERS(Setting.OTHERS_AT_A_TIME, Setting.OTHERS_WAITING, Setting.READS_WAIT, true);

  /** The parameters that bound how many observations there are, in all or of each series. */
  private static final List<String> BOUNDS = List.of("limit", "first", "last");

  /** At most some thousand. */
  private static final Pattern BOUND = Pattern.compile("\\d{1,4}");

  /** The parameters of questions that need a whole series, however little is asked for. */
  private static final List<String> WHOLE = List.of("transform", "frequency", "aggregate", "shape");

  private final Turns turns;

  /**
   * @param isShort whether its requests are so short that a queue that lasts means overload
   */
  Share(Setting atATime, Setting waiting, Setting wait, boolean isShort) {
    long percent = Setting.SHARE_OF_A_CALLER.number();
    this.turns =
        new Turns(
            (int) atATime.number(),
            (int) waiting.number(),
            (int) Math.ceil(waiting.number() * percent / 100.0),
            wait.time(),
            new Overload(
                isShort ? Setting.OVERLOAD_NEWEST_FIRST.time() : wait.time(),
                isShort ? Setting.OVERLOAD_DELAY.time() : wait.time(),
                Setting.OVERLOAD_AFTER.time(),
                System::nanoTime));
  }

  /** The turns of its requests. */
  Turns turns() {
    return turns;
  }

  /** The share that a request belongs to. */
  public static Share of(HttpServerExchange exchange) {
    Route route = Route.of(exchange);
    HttpString method = exchange.getRequestMethod();
    Route.Queue queue = route == null ? null : route.queue(method);
    if (queue != null) {
      return queue == Route.Queue.EDITS ? EDITS : PUSHES;
    } else if (mayStream(exchange)) {
      return STREAMS;
    } else if (mayBeLong(exchange)) {
      return OBSERVATIONS;
    }
    boolean item = route == Route.ITEM || route == Route.CODE;
    return item && Route.isRead(method) ? ITEMS : of(route);
  }

  private static Share of(@Nullable Route route) {
    if (route == null) {
      return OTHERS;
    }
    return switch (route) {
      case LOADS, LOAD, REJECTS, LOAD_PAYLOAD, RESTART, STOP, PUSHED_PAYLOADS -> LOADS;
      default -> route.isOfOperators() ? OPERATIONS : LISTS;
    };
  }

  /** Whether the response may be a stream: the request is not for JSON, and without a limit. */
  public static boolean mayStream(HttpServerExchange exchange) {
    HttpString method = exchange.getRequestMethod();
    Route route = Route.of(exchange);
    if (!Route.isRead(method) && route != Route.OBSERVATION_QUERY) {
      return false;
    } else if (route == Route.REJECTS
        || route == Route.LOAD_PAYLOAD
        || route == Route.EXPORT_FILE) {
      return true;
    }
    return Format.mayBeLong(exchange);
  }

  /** Whether the request reads observations, and its URL does not bound how many are read. */
  private static boolean mayBeLong(HttpServerExchange exchange) {
    Route route = Route.of(exchange);
    boolean read = route == Route.OBSERVATIONS && Route.isRead(exchange.getRequestMethod());
    return route == Route.COMPARISON
        || route != null && route.isOfFeatures()
        || route == Route.CALCULATIONS
        || route == Route.ROLLUP && !Route.isRead(exchange.getRequestMethod())
        || (read || route == Route.OBSERVATION_QUERY)
            && isLong(ReadRequest.parameters(exchange.getQueryString()));
  }

  /** Whether the parameters of a question about observations may need many of them. */
  static boolean isLong(Map<String, List<String>> parameters) {
    return WHOLE.stream().anyMatch(parameters::containsKey)
        || BOUNDS.stream()
            .flatMap(name -> parameters.getOrDefault(name, List.of()).stream())
            .noneMatch(number -> BOUND.matcher(number).matches());
  }
}
