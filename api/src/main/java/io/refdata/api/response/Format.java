package io.refdata.api.response;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.Accept;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/**
 * The formats of lists and observations. If the client accepts several with the same weight, it
 * gets the first of them.
 */
public enum Format {
  JSON(MediaType.APPLICATION_JSON_TYPE),
  CSV(new MediaType("text", "csv", "UTF-8")),
  NDJSON(new MediaType("application", "x-ndjson"));

  private static final List<MediaType> TYPES = Arrays.stream(values()).map(Format::type).toList();

  private final MediaType type;

  Format(MediaType type) {
    this.type = type;
  }

  public MediaType type() {
    return type;
  }

  /**
   * The format that the client of the current request prefers.
   *
   * @throws Problem if the client accepts none of them
   */
  public static Format chosen() {
    return chosen(ServletRequestContext.requireCurrent().getExchange());
  }

  /** The same for the client of an exchange. */
  public static Format chosen(HttpServerExchange exchange) {
    MediaType best =
        Accept.of(exchange).best(TYPES).orElseThrow(() -> AcceptFilter.noneAcceptable(TYPES));
    return values()[TYPES.indexOf(best)];
  }
}
