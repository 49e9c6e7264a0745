package io.refdata.api.database;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.persistence.index.advice.Recommendation;
import io.refdata.persistence.index.advice.Recommendation.Cost;
import io.refdata.persistence.index.advice.Recommendation.Measured;
import io.refdata.persistence.index.advice.Recommendations;
import io.refdata.persistence.index.advice.Recommendations.TrialStep;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes recommendations about indexes as JSON. */
final class IndexAdviceJson {
  private static final String NOT_COUNTED =
      "The server does not count statements: missing indexes are looked for by foreign keys only."
          + " Add pg_stat_statements to shared_preload_libraries, and create the extension.";

  private IndexAdviceJson() {}

  static void write(Recommendations.All all, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("items");
    for (Recommendation one : all.list()) {
      json.writeStartObject();
      members(one, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNullField("next");
    json.writeStringField("hint", all.statementsCounted() ? null : NOT_COUNTED);
    json.writeEndObject();
  }

  static void write(Recommendation one, List<TrialStep> steps, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    members(one, json);
    json.writeArrayFieldStart("steps");
    for (TrialStep step : steps) {
      json.writeStartObject();
      json.writeStringField("at", step.at().toString());
      json.writeStringField("step", step.subject());
      json.writeStringField("outcome", step.outcome());
      json.writeNumberField("seconds", step.seconds());
      json.writeStringField("detail", step.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void members(Recommendation one, JsonGenerator json) throws IOException {
    json.writeStringField("id", one.id());
    json.writeStringField("kind", one.kind().name());
    json.writeStringField("state", one.state().name());
    json.writeStringField("table", one.table());
    json.writeStringField("index", one.index());
    json.writeStringField("reason", one.reason());
    json.writeStringField("ddl", one.ddl());
    json.writeNumberField("bytes", one.bytes());
    json.writeObjectFieldStart("expectedGain");
    json.writeNumberField("costBefore", one.costBefore());
    json.writeNumberField("costAfter", one.costAfter());
    json.writeNumberField("share", one.gain());
    json.writeEndObject();
    json.writeObjectFieldStart("writes");
    json.writeNumberField("rowsPerDay", one.writes().rowsPerDay());
    json.writeNumberField("share", one.writes().share());
    json.writeEndObject();
    json.writeArrayFieldStart("statements");
    for (Cost cost : one.statements()) {
      json.writeStartObject();
      json.writeStringField("query", cost.sql());
      json.writeNumberField("calls", cost.calls());
      json.writeNumberField("costBefore", cost.before());
      json.writeNumberField("costAfter", cost.after());
      json.writeEndObject();
    }
    json.writeEndArray();
    measured(one.measured(), json);
    json.writeStringField("foundAt", one.foundAt().toString());
    json.writeStringField("changedAt", one.changedAt().toString());
    json.writeStringField("message", one.message());
  }

  private static void measured(@Nullable Measured measured, JsonGenerator json) throws IOException {
    if (measured == null) {
      json.writeNullField("measuredGain");
      return;
    }
    json.writeObjectFieldStart("measuredGain");
    json.writeNumberField("millisecondsBefore", measured.before());
    json.writeNumberField("millisecondsAfter", measured.after());
    json.writeNumberField("calls", measured.calls());
    json.writeNumberField("share", measured.gain());
    json.writeEndObject();
  }
}
