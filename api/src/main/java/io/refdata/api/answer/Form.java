package io.refdata.api.answer;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.Arrays;
import java.util.List;

/** The forms in which lists and observations are handed out. */
public enum Form {
  JSON(MediaType.APPLICATION_JSON_TYPE),
  CSV(new MediaType("text", "csv", "UTF-8")),
  NDJSON(new MediaType("application", "x-ndjson"));

  private static final List<Variant> ALL =
      Arrays.stream(values()).map(form -> new Variant(form.type, (String) null, null)).toList();

  private final MediaType type;

  Form(MediaType type) {
    this.type = type;
  }

  public MediaType type() {
    return type;
  }

  /**
   * The one that a client likes best.
   *
   * @throws Problem if it likes none of them
   */
  public static Form chosen(Request request) {
    Variant chosen = request.selectVariant(ALL);
    return Arrays.stream(values())
        .filter(form -> chosen != null && form.type.isCompatible(chosen.getMediaType()))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    ProblemType.NOT_ACCEPTABLE,
                    "This comes as application/json, text/csv or application/x-ndjson."));
  }
}
