package io.refdata.api.performance;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.response.Representation;
import io.refdata.persistence.performance.PerformanceRun;
import io.refdata.persistence.performance.PerformanceRuns.Report;
import io.refdata.persistence.performance.Verdict;
import java.io.IOException;
import java.time.Instant;

/** Writes runs in JSON. */
final class RunJson {
  private RunJson() {}

  /** A run with its results so far. */
  static Representation report(Report report) {
    return Representation.of(
        json -> {
          json.writeStartObject();
          members(report.run(), json);
          json.writeFieldName("results");
          json.writePOJO(report.results());
          json.writeEndObject();
        });
  }

  /** A run in a list. */
  static void write(PerformanceRun run, JsonGenerator json) throws IOException {
    json.writeStartObject();
    members(run, json);
    json.writeEndObject();
  }

  private static void members(PerformanceRun run, JsonGenerator json) throws IOException {
    Instant ended = run.endedAt();
    Verdict verdict = run.verdict();
    json.writeStringField("id", run.id().toString());
    json.writeStringField("state", run.state().name());
    json.writeStringField("askedBy", run.askedBy().name());
    json.writeStringField("beganAt", run.beganAt().toString());
    json.writeStringField("endedAt", ended == null ? null : ended.toString());
    json.writeFieldName("tests");
    json.writePOJO(run.tests());
    json.writeObjectFieldStart("progress");
    json.writeNumberField("done", run.done());
    json.writeNumberField("of", run.of());
    json.writeEndObject();
    json.writeStringField("verdict", verdict == null ? null : verdict.name());
  }
}
