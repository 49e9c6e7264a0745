package io.refdata.api.response;

import io.refdata.api.request.Parameters;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a client wants a response: {@code format}, {@code download} and {@code bom}.
 *
 * @param format the format
 * @param disposition the {@code Content-Disposition}, with the name of the file in which the client
 *     stores it; null if it did not give one
 * @param byteOrderMark whether a byte order mark begins it; only in CSV
 * @param isWide whether observations come with one column for each series ({@code shape=wide})
 */
public record Delivery(
    Format format, @Nullable String disposition, boolean byteOrderMark, boolean isWide) {
  private static final String SHAPE = "shape";
  private static final String WIDE = "wide";
  private static final List<Format> WIDE_FORMATS = List.of(Format.JSON, Format.CSV, Format.XLSX);

  /** A wide answer comes whole, and has no place for the action of an observation. */
  private static final List<String> NOT_WIDE = List.of("limit", "after", "updatedAfter");

  private static final String MARK = "\uFEFF";

  /** A response in a format, without any of the parameters. */
  public static Delivery in(Format format) {
    return new Delivery(format, null, false, false);
  }

  /** The same by the parameters of the current request. */
  public static Delivery of(Parameters parameters, List<Format> offered) {
    return of(ServletRequestContext.requireCurrent().getExchange(), parameters, offered);
  }

  /**
   * Reads the parameters, to be ended by the caller. Without {@code format}, the client accepts a
   * media type.
   *
   * @param offered the formats in which the response comes
   * @throws io.refdata.api.problem.Problem if the client wants none of them
   */
  public static Delivery of(
      HttpServerExchange exchange, Parameters parameters, List<Format> offered) {
    Optional<String> name = parameters.one(Format.NAME);
    Optional<Format> named = name.flatMap(Format::named);
    if (name.isPresent() && named.isEmpty()) {
      parameters.fault(Format.NAME, "must be json, csv, ndjson, xlsx or parquet");
    } else if (named.isPresent()
        && !offered.contains(named.get())
        && parameters.all(Format.NAME).size() == 1) {
      throw Format.notOffered(named.get(), offered);
    }
    Format format =
        name.isPresent() ? named.orElse(Format.JSON) : Format.accepted(exchange, offered);
    boolean mark = parameters.flag("bom");
    if (mark && format != Format.CSV && (name.isEmpty() || named.isPresent())) {
      parameters.fault("bom", "comes with csv only");
    }
    return new Delivery(format, disposition(parameters), mark, false);
  }

  /**
   * Reads those of a list that comes in JSON only, and ends the reading of the parameters.
   *
   * @throws io.refdata.api.problem.Problem that names every invalid parameter
   */
  public static Delivery ofJson(Parameters parameters) {
    Delivery delivery = of(parameters, Format.JSON_ONLY);
    parameters.end();
    return delivery;
  }

  /** The form of an answer with observations, by the parameters of the current request. */
  public static Delivery ofObservations(Parameters parameters) {
    return ofObservations(ServletRequestContext.requireCurrent().getExchange(), parameters);
  }

  /**
   * The same of another request. A wide answer comes in fewer formats.
   *
   * @throws io.refdata.api.problem.Problem if the client wants none of them
   */
  public static Delivery ofObservations(HttpServerExchange exchange, Parameters parameters) {
    boolean wide = parameters.all(SHAPE).equals(List.of(WIDE));
    return of(exchange, parameters, wide ? WIDE_FORMATS : Format.ALL).shaped(parameters);
  }

  /** The same with {@code shape}, which only observations have. */
  public Delivery shaped(Parameters parameters) {
    Optional<String> shape = parameters.one(SHAPE);
    if (shape.isEmpty()) {
      return this;
    } else if (!shape.get().equals(WIDE)) {
      parameters.fault(SHAPE, "must be wide");
    } else if (!WIDE_FORMATS.contains(format)) {
      parameters.fault(SHAPE, "wide comes as json, csv or xlsx");
    }
    for (String other : NOT_WIDE) {
      if (!parameters.all(other).isEmpty()) {
        parameters.fault(other, "cannot be asked for together with shape");
      }
    }
    return new Delivery(format, disposition, byteOrderMark, true);
  }

  /** The beginning of text: the byte order mark, or nothing. */
  public String mark() {
    return byteOrderMark ? MARK : "";
  }

  private static @Nullable String disposition(Parameters parameters) {
    Optional<String> file = parameters.one("download");
    Optional<String> disposition = file.flatMap(FileName::disposition);
    if (file.isPresent() && disposition.isEmpty()) {
      parameters.fault("download", "must be the name of a file");
    } else if (file.isPresent() && file.get().length() > FileName.MAX_CHARACTERS) {
      parameters.fault(
          "download", "takes at most %d characters".formatted(FileName.MAX_CHARACTERS));
    }
    return disposition.orElse(null);
  }
}
