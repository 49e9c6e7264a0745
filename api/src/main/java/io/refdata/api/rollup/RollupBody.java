package io.refdata.api.rollup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.json.Members;
import io.refdata.persistence.rollup.Rollups.Definition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A rollup in JSON. */
final class RollupBody {
  private RollupBody() {}

  /**
   * Reads the definition of a rollup.
   *
   * @param source the frequency of the dataset
   * @throws InvalidItem that names every invalid member
   */
  static Definition read(Code name, Frequency source, JsonNode json) {
    List<Fault> faults = new ArrayList<>();
    Members body = Members.of(json, faults);
    if (body.any("name").filter(given -> !given.asText().equals(name.value())).isPresent()) {
      body.fault("name", "differs from the name in the URL, and a name never changes");
    }
    body.require("frequency");
    Frequency frequency = body.oneOf("frequency", Frequency.class).orElse(null);
    if (frequency != null && source == Frequency.W) {
      body.fault("frequency", "is not kept of weeks, which lie across the ends of longer periods");
    } else if (frequency != null && !Rollup.isPossible(source, frequency)) {
      body.fault(
          "frequency", "must be coarser than the observations, which are " + source.adjective());
    }
    Aggregation aggregation = body.oneOf("aggregation", Aggregation.class).orElse(null);
    if (body.object("aggregate").filter(given -> !given.names().isEmpty()).isPresent()) {
      body.fault("aggregate", "is not kept yet: rollups are of the series in the data only");
    }
    body.end();
    if (frequency == null || !faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return new Definition(frequency, aggregation);
  }

  static void write(Rollup rollup, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", rollup.name().value());
    json.writeStringField("frequency", rollup.frequency().name());
    Aggregation aggregation = rollup.aggregation();
    json.writeStringField("aggregation", aggregation == null ? null : aggregation.name());
    json.writeNullField("aggregate");
    json.writeEndObject();
  }
}
