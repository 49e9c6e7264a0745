package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.dataset.Series;
import java.io.IOException;
import java.util.List;

/** The members of a series that all JSON responses share. */
final class SeriesJson {
  private SeriesJson() {}

  /** Writes the member {@code dimensions}: the codes of a series by the names of the dimensions. */
  static void writeDimensions(Dataset dataset, Series series, JsonGenerator json)
      throws IOException {
    List<Dimension> dimensions = dataset.dimensions();
    json.writeObjectFieldStart("dimensions");
    for (int i = 0; i < dimensions.size(); i++) {
      json.writeStringField(dimensions.get(i).code().value(), series.dimensions().get(i));
    }
    json.writeEndObject();
  }

  /** Writes an array of texts. */
  static void writeTexts(List<String> texts, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
