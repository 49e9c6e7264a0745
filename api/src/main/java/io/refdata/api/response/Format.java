package io.refdata.api.response;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Accept;
import io.refdata.api.request.ReadRequest;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The formats of lists and observations. A client names one in the URL ({@code format=csv}), or
 * accepts some media types. If it accepts several with the same weight, it gets the first of them.
 */
public enum Format {
  JSON(MediaType.APPLICATION_JSON_TYPE),
  CSV(new MediaType("text", "csv", "UTF-8")),
  NDJSON(new MediaType("application", "x-ndjson")),
  XLSX(new MediaType("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
  PARQUET(new MediaType("application", "vnd.apache.parquet"));

  /** The name of the parameter. */
  public static final String NAME = "format";

  /** The formats of a response that comes in JSON only. */
  public static final List<Format> JSON_ONLY = List.of(JSON);

  /** The formats of a response that comes in each. */
  public static final List<Format> ALL = List.of(values());

  /** The media type of {@link #XLSX}. */
  public static final String XLSX_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** The media type of {@link #PARQUET}. */
  public static final String PARQUET_TYPE = "application/vnd.apache.parquet";

  private final MediaType type;

  Format(MediaType type) {
    this.type = type;
  }

  public MediaType type() {
    return type;
  }

  /** The value of the parameter that asks for this format. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of that name. */
  static Optional<Format> named(String name) {
    return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst();
  }

  /**
   * The one of some formats that a client accepts best.
   *
   * @throws Problem if it accepts none of them
   */
  static Format accepted(HttpServerExchange exchange, List<Format> offered) {
    List<MediaType> types = offered.stream().map(Format::type).toList();
    MediaType best =
        Accept.of(exchange).best(types).orElseThrow(() -> AcceptFilter.noneAcceptable(types));
    return offered.get(types.indexOf(best));
  }

  static Problem notOffered(Format wanted, List<Format> offered) {
    return new Problem(
        ProblemType.NOT_ACCEPTABLE,
        offered.stream()
            .map(Format::toString)
            .collect(
                Collectors.joining(", ", "This does not come as " + wanted + ", but as ", ".")));
  }

  /**
   * Whether a read may be answered in another format than JSON, and without a limit: then it is
   * long.
   */
  public static boolean mayBeLong(HttpServerExchange exchange) {
    String query = exchange.getQueryString();
    boolean accepts = exchange.getRequestHeaders().contains(Headers.ACCEPT);
    boolean names = query.contains(NAME + "=") || query.indexOf('%') >= 0;
    if (!accepts && !names) {
      return false;
    }
    Map<String, List<String>> parameters = ReadRequest.parameters(query);
    if (parameters.containsKey("limit")) {
      return false;
    } else if (parameters.containsKey(NAME)) {
      return !parameters.get(NAME).equals(List.of(JSON.toString()));
    }
    List<MediaType> types = Arrays.stream(values()).map(Format::type).toList();
    return Accept.of(exchange).best(types).filter(best -> !best.equals(JSON.type)).isPresent();
  }
}
