package io.refdata.api.feature;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.feature.RowsFormat.Line;
import io.refdata.api.response.Delivery;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.place.Enrichment;
import io.refdata.persistence.feature.OpenedEnrichment;
import io.refdata.persistence.place.PlacedFacilities.Placed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the rows about places in one of the formats. */
final class PlaceRowsFile {
  private final OpenedEnrichment set;
  private final Enrichment enrichment;
  private final String cutoff;
  private final PlaceColumns columns;
  private final RowsFormat format;

  PlaceRowsFile(OpenedEnrichment set, Placed placed) {
    this.set = set;
    this.enrichment = placed.enrichment();
    this.cutoff = placed.cutoff().toString();
    this.columns = new PlaceColumns(enrichment, set.definition().fuels());
    this.format = new RowsFormat(columns.all(), this::eachRow);
  }

  byte[] write(Delivery delivery) throws IOException {
    return format.write(delivery, this::writeMembers, about());
  }

  private void eachRow(Line line) throws IOException {
    for (int i = 0; i < enrichment.size(); i++) {
      line.write(columns.cells(enrichment.row(i), cutoff));
    }
  }

  private void writeMembers(JsonGenerator json) throws IOException {
    json.writeStringField("code", set.code().value());
    json.writeStringField("name", set.name());
    json.writeNumberField("version", set.number());
    json.writeStringField("kind", FeatureSetKind.GEO_ENRICHMENT.name());
    format.items(json);
  }

  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("featureSet", set.code().value());
    about.put("version", Integer.toString(set.number()));
    if (set.asOf() != null) {
      about.put("asOf", set.asOf().toString());
    }
    return about;
  }
}
