package io.refdata.api.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.observation.ObservationFiles;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Format;
import io.refdata.persistence.export.Exports;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parses what somebody wants exported: {@code dataset}, {@code format}, and the names of a query
 * for observations.
 */
@ApplicationScoped
class ExportOrder {
  private static final String DATASET = "dataset";
  private static final String FORMAT = "format";
  private static final long MOST_CHARACTERS = Setting.EXPORTS_QUERY.number();

  @Inject private ObservationFiles observations;

  /**
   * @throws io.refdata.api.problem.Problem that names every invalid member
   */
  Exports.Order read(JsonNode body) {
    Parameters parameters = Parameters.of(body);
    Optional<String> dataset = parameters.one(DATASET);
    Optional<String> format = parameters.one(FORMAT);
    if (format.flatMap(ExportOrder::format).isEmpty()) {
      parameters.fault(
          FORMAT,
          Arrays.stream(Format.values())
              .map(ExportOrder::name)
              .collect(Collectors.joining(" or ", "must be ", "")));
    }
    if (dataset.isEmpty()) {
      parameters.fault(DATASET, "must be the code of a dataset");
      // Which other names there are depends on the dataset.
      body.fieldNames().forEachRemaining(parameters::all);
      parameters.end();
    }
    Instant asOf =
        observations.check(
            dataset.orElseThrow(),
            format.flatMap(ExportOrder::format).orElse(Format.JSON),
            parameters);
    ObjectNode query = body.deepCopy();
    query.remove(List.of(DATASET, FORMAT, AsOf.NAME));
    String kept = query.toString();
    if (kept.length() > MOST_CHARACTERS) {
      throw new Problem(
          ProblemType.TOO_LARGE,
          "The query of an export takes at most %,d characters in JSON; this one takes %,d."
              .formatted(MOST_CHARACTERS, kept.length()));
    }
    return new Exports.Order(dataset.orElseThrow(), format.orElseThrow(), kept, asOf);
  }

  /** The format of that name; empty if there is none. */
  static Optional<Format> format(String name) {
    return Arrays.stream(Format.values()).filter(format -> name(format).equals(name)).findFirst();
  }

  private static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
