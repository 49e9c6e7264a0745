package io.refdata.api.rollup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.RolledRegions;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.json.Members;
import io.refdata.persistence.rollup.Rollups.Definition;
import io.refdata.persistence.rollup.Rollups.Regions;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rollup in JSON. */
final class RollupBody {
  /** The collection of regions, as the values of a dimension. */
  private static final String REGIONS = "regions";

  private static final long MOST_REGIONS = Setting.ROLLUPS_REGIONS.number();

  private RollupBody() {}

  /**
   * Reads the definition of a rollup.
   *
   * @throws InvalidItem that names every invalid member
   */
  static Definition read(Code name, Dataset dataset, JsonNode json) {
    List<Fault> faults = new ArrayList<>();
    Members body = Members.of(json, faults);
    if (body.any("name").filter(given -> !given.asText().equals(name.value())).isPresent()) {
      body.fault("name", "differs from the name in the URL, and a name never changes");
    }
    body.require("frequency");
    Frequency frequency = body.oneOf("frequency", Frequency.class).orElse(null);
    Aggregation aggregation = body.oneOf("aggregation", Aggregation.class).orElse(null);
    Regions regions =
        body.object("aggregate")
            .filter(given -> !given.names().isEmpty())
            .map(given -> regions(body, given, dataset))
            .orElse(null);
    if (frequency != null) {
      check(body, dataset.frequency(), frequency, regions != null);
    }
    if (regions != null && (aggregation == Aggregation.FIRST || aggregation == Aggregation.LAST)) {
      body.fault(
          "aggregation",
          "must be SUM, MEAN, MIN or MAX together with aggregate: members of a region have no first"
              + " and last");
    }
    body.end();
    if (frequency == null || !faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return new Definition(frequency, aggregation, regions);
  }

  private static void check(
      Members body, Frequency source, Frequency frequency, boolean ofRegions) {
    if (ofRegions && frequency == source) {
      return;
    }
    if (source == Frequency.W) {
      body.fault("frequency", "is not kept of weeks, which lie across the ends of longer periods");
    } else if (!Rollup.isPossible(source, frequency)) {
      body.fault(
          "frequency",
          "must be D or longer, and coarser than the observations, which are "
              + source.adjective());
    }
  }

  private static @Nullable Regions regions(Members body, Members given, Dataset dataset) {
    if (given.names().size() > 1) {
      body.fault("aggregate", "takes one dimension");
      return null;
    }
    String dimension = given.names().get(0);
    List<String> codes = given.texts(dimension).orElse(List.of());
    if (dataset.dimensions().stream()
        .noneMatch(one -> one.code().value().equals(dimension) && one.values().equals(REGIONS))) {
      given.fault(dimension, "must be a dimension that has regions as values");
    } else if (codes.isEmpty()) {
      given.fault(dimension, "needs the codes of regions");
    } else if (codes.stream().anyMatch(code -> Code.parse(code).isEmpty())) {
      given.fault(dimension, "must have codes: 1 to 64 letters, digits and _ @ $ -");
    } else if (codes.size() > MOST_REGIONS) {
      given.fault(dimension, "takes at most %,d regions".formatted(MOST_REGIONS));
    }
    return new Regions(dimension, codes.stream().distinct().toList());
  }

  static void write(Rollup rollup, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", rollup.name().value());
    json.writeStringField("frequency", rollup.frequency().name());
    Aggregation aggregation = rollup.aggregation();
    json.writeStringField("aggregation", aggregation == null ? null : aggregation.name());
    RolledRegions regions = rollup.regions();
    if (regions == null) {
      json.writeNullField("aggregate");
    } else {
      json.writeObjectFieldStart("aggregate");
      json.writeArrayFieldStart(regions.dimension());
      for (String code : regions.codes()) {
        json.writeString(code);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
