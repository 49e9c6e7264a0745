package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.text.SnakeCase;
import io.refdata.persistence.json.StrictJson;
import io.refdata.persistence.push.Pushed.Refusal;
import io.refdata.persistence.push.Pushed.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Observations as a client pushes them: a JSON array or lines of JSON, each an object with the
 * dataset's dimensions, {@code time}, {@code value} and maybe {@code status}. What is wrong with a
 * row refuses that row.
 */
final class PushBody {
  private static final int MOST_ROWS = 10_000;

  /** Of a row, JSON's own signs and members that nobody knows included; it has less than 1,000. */
  static final int MOST_ROW_CHARACTERS = 1 << 16;

  private static final Pattern STATUS = Pattern.compile("[0-9A-Z_a-z]");

  private final Dataset dataset;
  private final Set<String> members;
  private final List<Row> rows = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final StringWriter content = new StringWriter();
  private int count;

  private PushBody(Dataset dataset) {
    this.dataset = dataset;
    this.members = new HashSet<>(List.of("time", "value", "status"));
    dataset.dimensions().forEach(dimension -> members.add(dimension.code().value()));
  }

  /**
   * Reads a body row by row, and stops where there is one too many: what it takes is bounded,
   * whatever it holds.
   *
   * @param lines whether it may be values one after the other, or none
   * @throws io.refdata.persistence.json.MalformedJson if it is no JSON
   * @throws Problem if it is too large
   */
  static PushBody read(Dataset dataset, InputStream body, boolean lines) throws IOException {
    PushBody push = new PushBody(dataset);
    try (StrictJson json = StrictJson.elements(body);
        JsonGenerator content = new JsonFactory().createGenerator(push.content)) {
      content.writeStartArray();
      while (json.next(parser -> push.add(parser, content)) != null) {
        if (!lines && !json.isArray() && push.count > 1) {
          break;
        }
      }
      content.writeEndArray();
      if (!lines && !json.isArray() && push.count != 1) {
        throw new Problem(
            ProblemType.MALFORMED,
            "The body must be a JSON array; values one after the other are application/x-ndjson.");
      }
    }
    return push;
  }

  private PushedRow add(JsonParser parser, JsonGenerator copy) throws IOException {
    if (count == MOST_ROWS) {
      throw new Problem(
          ProblemType.TOO_LARGE,
          "A push takes at most %,d observations; load more as a file.".formatted(MOST_ROWS));
    }
    count++;
    PushedRow row = PushedRow.read(parser, copy, members, count);
    add(row, count);
    return row;
  }

  private void add(PushedRow row, int number) {
    List<String> dimensions = new ArrayList<>();
    for (Dimension dimension : dataset.dimensions()) {
      String name = dimension.code().value();
      String code = row.text(name);
      String subject = SnakeCase.upper(name);
      if (code == null) {
        refuse(number, "MISSING_" + subject, "the row has no " + name);
        return;
      } else if (Code.parse(code).isEmpty()) {
        refuse(number, "UNKNOWN_" + subject, "'" + code + "' is no code");
        return;
      }
      dimensions.add(code);
    }
    String time = row.text("time");
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
    Double value = row.number("value");
    if (value == null || !Double.isFinite(value)) {
      refuse(number, "NOT_A_NUMBER", "value is no number: " + row.shown("value"));
      return;
    }
    String status = row.text("status");
    if (status != null && !STATUS.matcher(status).matches()) {
      refuse(number, "BAD_STATUS", "'" + status + "' is no code of CL_OBS_STATUS");
      return;
    }
    rows.add(
        new Row(
            number,
            String.join(".", dimensions),
            dimensions,
            start.get(),
            value,
            status == null ? 'A' : status.charAt(0)));
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
