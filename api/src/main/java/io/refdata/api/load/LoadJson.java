package io.refdata.api.load;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.domain.load.Load;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a load in JSON. Instants are in UTC, to the microsecond. */
final class LoadJson {
  private LoadJson() {}

  static void write(Load load, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", load.id());
    json.writeStringField("layout", load.layout());
    json.writeStringField("into", load.into());
    json.writeStringField("mode", load.mode().name());
    json.writeBooleanField("dryRun", load.dryRun());
    json.writeStringField("state", load.state().name());
    json.writeObjectFieldStart("file");
    json.writeStringField("name", load.file().name());
    json.writeNumberField("bytes", load.file().bytes());
    json.writeStringField("sha256", load.file().sha256());
    json.writeEndObject();
    rows(load.rows(), json);
    json.writeNumberField("progress", Math.round(load.progress() * 1000) / 1000.0);
    json.writeNumberField("rowsPerSecond", Math.round(rowsPerSecond(load)));
    json.writeArrayFieldStart("steps");
    for (Load.Step step : load.steps()) {
      json.writeStartObject();
      json.writeStringField("name", step.name());
      json.writeNumberField("seconds", step.seconds());
      json.writeNumberField("rows", step.rows());
      instant("startedAt", step.startedAt(), json);
      json.writePOJOField("threads", step.threads());
      json.writeEndObject();
    }
    json.writeEndArray();
    instant(
        "publishedAt", load.publishedAt() == null ? load.recordedAt() : load.publishedAt(), json);
    instant("receivedAt", load.receivedAt(), json);
    instant("startedAt", load.startedAt(), json);
    instant("recordedAt", load.recordedAt(), json);
    instant("finishedAt", load.finishedAt(), json);
    json.writeStringField("message", load.message());
    json.writeStringField("by", load.by());
    json.writeStringField("reason", load.reason());
    json.writeStringField("requestId", load.requestId());
    json.writeEndObject();
  }

  private static void rows(Load.Rows rows, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("rows");
    json.writeNumberField("read", rows.read());
    json.writeNumberField("inserted", rows.inserted());
    json.writeNumberField("revised", rows.revised());
    json.writeNumberField("unchanged", rows.unchanged());
    json.writeNumberField("deleted", rows.deleted());
    json.writeNumberField("rejected", rows.rejected());
    json.writeNumberField("ignored", rows.ignored());
    json.writeNumberField("rounded", rows.rounded());
    json.writeEndObject();
  }

  /**
   * The rows read per second, from the start of the load to its end, or to now if it has not ended.
   */
  private static double rowsPerSecond(Load load) {
    if (load.startedAt() == null) {
      return 0;
    }
    Instant end = load.finishedAt() == null ? Instant.now() : load.finishedAt();
    long nanos = Duration.between(load.startedAt(), end).toNanos();
    return nanos <= 0 ? 0 : load.rows().read() / (nanos / 1e9);
  }

  private static void instant(String name, @Nullable Instant instant, JsonGenerator json)
      throws IOException {
    json.writeStringField(name, instant == null ? null : instant.toString());
  }
}
