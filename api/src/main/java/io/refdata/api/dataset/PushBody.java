package io.refdata.api.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.dataset.Dataset;
import io.refdata.dataset.Dimension;
import io.refdata.persistence.json.StrictJson;
import io.refdata.persistence.load.Pushed.Refusal;
import io.refdata.persistence.load.Pushed.Row;
import io.refdata.reference.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Observations as a client pushes them: a JSON array or lines of JSON, each an object with the
 * dataset's dimensions, {@code time}, {@code value} and maybe {@code status}. What is wrong with a
 * row refuses that row.
 */
final class PushBody {
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_BYTES = 1 << 24;
  private final Dataset dataset;
  private final List<Row> rows = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final ArrayNode content = JsonNodeFactory.instance.arrayNode();

  private PushBody(Dataset dataset) {
    this.dataset = dataset;
  }

  /**
   * Reads a body.
   *
   * @param lines whether it may be values one after the other, or none
   * @throws io.refdata.persistence.json.MalformedJson if it is no JSON
   * @throws Problem if it is too large
   */
  static PushBody read(Dataset dataset, InputStream body, boolean lines) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new Problem(ProblemType.TOO_LARGE, "A push takes at most 16 MiB; load it as a file.");
    }
    PushBody push = new PushBody(dataset);
    try (StrictJson json = StrictJson.elements(new ByteArrayInputStream(bytes))) {
      boolean array = json.isArray();
      for (JsonNode object = json.next(); object != null; object = json.next()) {
        push.add(object);
      }
      if (!lines && !array && push.content.size() != 1) {
        throw new Problem(
            ProblemType.MALFORMED,
            "The body must be a JSON array; values one after the other are application/x-ndjson.");
      }
    }
    return push;
  }

  private void add(JsonNode object) {
    if (content.size() == MOST_ROWS) {
      throw new Problem(
          ProblemType.TOO_LARGE,
          "A push takes at most %,d observations; load more as a file.".formatted(MOST_ROWS));
    }
    content.add(object);
    add(object, content.size());
  }

  private void add(JsonNode object, int number) {
    List<String> dimensions = new ArrayList<>();
    for (Dimension dimension : dataset.dimensions()) {
      String name = dimension.code().value();
      String code = text(object, name);
      String subject = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
      if (code == null) {
        refuse(number, "MISSING_" + subject, "the row has no " + name);
        return;
      } else if (Code.parse(code).isEmpty()) {
        refuse(number, "UNKNOWN_" + subject, "'" + code + "' is no code");
        return;
      }
      dimensions.add(code);
    }
    String time = text(object, "time");
    Optional<Instant> start = time == null ? Optional.empty() : dataset.frequency().parse(time);
    if (start.isEmpty()) {
      refuse(
          number,
          time == null ? "MISSING_TIME" : "BAD_TIME",
          time == null
              ? "the row has no time"
              : "'%s' names no period of %s data".formatted(time, dataset.frequency().adjective()));
      return;
    }
    JsonNode value = object.path("value");
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      refuse(number, "NOT_A_NUMBER", "value is no number: " + value);
      return;
    }
    String status = text(object, "status");
    if (status != null && !status.matches("[0-9A-Z_a-z]")) {
      refuse(number, "BAD_STATUS", "'" + status + "' is no code of CL_OBS_STATUS");
      return;
    }
    rows.add(
        new Row(
            number,
            String.join(".", dimensions),
            dimensions,
            start.get(),
            value.doubleValue(),
            status == null ? 'A' : status.charAt(0)));
  }

  /** A member as a text; a year may be a number. */
  private static @Nullable String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isTextual() || value.isIntegralNumber() ? value.asText() : null;
  }

  private void refuse(int number, String code, String reason) {
    refused.add(new Refusal(number, code, reason));
  }

  List<Row> rows() {
    return rows;
  }

  List<Refusal> refused() {
    return refused;
  }

  /** All of it as one JSON array. */
  String content() {
    return content.toString();
  }
}
