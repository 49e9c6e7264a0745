package io.refdata.persistence.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.place.Enrichment.Reach;
import io.refdata.domain.place.EnrichmentDefinition;
import io.refdata.persistence.json.Members;
import io.refdata.settings.Setting;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The definition of a feature set about places as JSON, without its name and version. */
final class EnrichmentJson {
  private static final int MOST_KM = (int) Setting.PLACE_RADIUS.number();

  /** Each fuel has two columns. */
  private static final int MOST_FUELS = (int) Setting.FEATURES_COLUMNS.number() / 2;

  private EnrichmentJson() {}

  /** Whether a definition is one about places. */
  static boolean isOne(JsonNode definition) {
    return definition.path("kind").asText().equals(FeatureSetKind.GEO_ENRICHMENT.name());
  }

  /**
   * Reads a definition.
   *
   * @return null if there is a fault
   */
  static @Nullable EnrichmentDefinition read(JsonNode object, List<Fault> faults) {
    int before = faults.size();
    Members members = Members.of(object, faults);
    members.oneOf("kind", FeatureSetKind.class);
    members.require("radiusKm");
    int radius = members.wholeNumber("radiusKm", 1, MOST_KM).orElse(1);
    int sea = members.wholeNumber("seaKm", 0, MOST_KM).orElse(Reach.USUAL_KM);
    int border = members.wholeNumber("borderKm", 0, MOST_KM).orElse(Reach.USUAL_KM);
    List<String> fuels = members.texts("fuels").orElse(List.of());
    if (fuels.size() > MOST_FUELS || new HashSet<>(fuels).size() < fuels.size()) {
      members.fault("fuels", "must be at most %,d, each once".formatted(MOST_FUELS));
    } else if (fuels.stream().anyMatch(fuel -> Code.parse(fuel).isEmpty())) {
      members.fault("fuels", "must be codes");
    }
    members.end();
    return faults.size() > before
        ? null
        : new EnrichmentDefinition(new Reach(radius, sea, border), fuels);
  }
}
