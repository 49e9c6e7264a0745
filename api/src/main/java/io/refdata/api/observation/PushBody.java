package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.text.SnakeCase;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.json.StrictJson;
import io.refdata.persistence.push.Pushed.RejectedRow;
import io.refdata.persistence.push.Pushed.Row;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of a push: a JSON array or lines of JSON. Each row is an object with the
 * dataset's dimensions, {@code time}, {@code value} and optionally {@code status} and {@code key},
 * so it may be a line of an answer. A fault in a row, such as another member, rejects only that
 * row.
 */
final class PushBody {
  private static final String KEY = "key";
  private static final int MAX_ROWS = (int) Setting.PUSH_ROWS.number();

  /**
   * The maximum number of characters in a row, including JSON punctuation and unknown members.
   * Usual rows have less than 1,000.
   */
  static final int MAX_ROW_CHARACTERS = (int) Setting.PUSH_ROW_CHARACTERS.number();

  private static final Pattern STATUS = Pattern.compile("[A-Z]");

  private final Dataset dataset;
  private final @Nullable Instant keptFrom;
  private final Set<String> members;
  private final List<Row> rows = new ArrayList<>();
  private final List<RejectedRow> rejected = new ArrayList<>();
  private final StringWriter content = new StringWriter();
  private int count;

  private PushBody(Dataset dataset) {
    this.dataset = dataset;
    this.keptFrom = dataset.partitioning().keptFrom(Instant.now());
    this.members = new LinkedHashSet<>();
    dataset.dimensions().forEach(dimension -> members.add(dimension.code().value()));
    members.addAll(List.of("time", "value", "status", KEY));
  }

  /**
   * Reads a body row by row and stops at the first row above the limit, so that the memory is
   * bounded for any body.
   *
   * @param lines true if the body may be a sequence of any number of values (NDJSON); false if it
   *     must be an array or one value
   * @throws io.refdata.persistence.json.MalformedJson if the body is not JSON
   * @throws Problem if the body is too large
   */
  static PushBody read(Dataset dataset, InputStream body, boolean lines) throws IOException {
    PushBody push = new PushBody(dataset);
    try (StrictJson json = StrictJson.elements(body);
        JsonGenerator content = Json.FACTORY.createGenerator(push.content)) {
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
    if (count == MAX_ROWS) {
      throw new Problem(
          ProblemType.TOO_LARGE,
          "A push takes at most %,d observations; load more as a file.".formatted(MAX_ROWS));
    }
    count++;
    PushedRow row = PushedRow.read(parser, copy, members, count);
    add(row, count);
    return row;
  }

  private void add(PushedRow row, int number) {
    if (row.unknown() != null) {
      reject(
          number,
          "UNKNOWN_MEMBER",
          "'%s' is no member here; there may be %s"
              .formatted(row.unknown(), String.join(", ", members)));
      return;
    }
    List<String> dimensions = new ArrayList<>();
    for (Dimension dimension : dataset.dimensions()) {
      String name = dimension.code().value();
      String code = row.text(name);
      String codeSuffix = SnakeCase.upper(name);
      if (code == null) {
        reject(number, "MISSING_" + codeSuffix, "the row has no " + name);
        return;
      } else if (Code.parse(code).isEmpty()) {
        reject(number, "UNKNOWN_" + codeSuffix, "'" + code + "' is no code");
        return;
      }
      dimensions.add(code);
    }
    String key = String.join(".", dimensions);
    if (row.has(KEY) && !key.equals(row.text(KEY))) {
      reject(number, "BAD_KEY", "its dimensions have the key " + key + ", not " + row.shown(KEY));
      return;
    }
    String time = row.text("time");
    Optional<Instant> start = time == null ? Optional.empty() : dataset.frequency().parse(time);
    if (start.isEmpty()) {
      reject(
          number,
          time == null ? "MISSING_TIME" : "BAD_TIME",
          time == null
              ? "the row has no time"
              : "'%s' names no period of %s data".formatted(time, dataset.frequency().adjective()));
      return;
    }
    if (keptFrom != null && start.get().isBefore(keptFrom)) {
      reject(
          number,
          "RETIRED",
          "%s lies before %s; the dataset keeps nothing older".formatted(time, keptFrom));
      return;
    }
    Double value = row.number("value");
    if (value == null || !Double.isFinite(value)) {
      reject(number, "NOT_A_NUMBER", "value is no number: " + row.shown("value"));
      return;
    }
    String status = row.text("status");
    if (status == null ? row.has("status") : !STATUS.matcher(status).matches()) {
      reject(
          number,
          "BAD_STATUS",
          "'%s' is no status: a capital letter of CL_OBS_STATUS".formatted(row.shown("status")));
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

  private void reject(int number, String code, String reason) {
    rejected.add(new RejectedRow(number, code, reason));
  }

  List<Row> rows() {
    return rows;
  }

  List<RejectedRow> rejected() {
    return rejected;
  }

  /** The whole body as one JSON array. */
  String content() {
    return content.toString();
  }
}
