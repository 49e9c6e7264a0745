package io.refdata.api.database;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.persistence.upkeep.Step;
import java.io.IOException;
import java.util.List;

/** Writes the steps of a task in JSON. */
final class StepJson {
  private StepJson() {}

  static void write(List<Step> steps, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("steps");
    for (Step step : steps) {
      json.writeStartObject();
      members(step, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void members(Step step, JsonGenerator json) throws IOException {
    json.writeStringField("task", step.task());
    json.writeStringField("subject", step.subject());
    json.writeStringField("outcome", step.outcome().name());
    json.writeNumberField("seconds", step.seconds());
    json.writeStringField("detail", step.detail());
  }
}
