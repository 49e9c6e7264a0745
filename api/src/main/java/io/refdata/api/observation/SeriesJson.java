package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.dataset.Series;
import java.io.IOException;
import java.util.List;

/** What every answer in JSON says of a series. */
final class SeriesJson {
  private SeriesJson() {}

  /** The member {@code dimensions}: the codes of a series by the dimensions' codes. */
  static void writeDimensions(Dataset dataset, Series series, JsonGenerator json)
      throws IOException {
    List<Dimension> dimensions = dataset.dimensions();
    json.writeObjectFieldStart("dimensions");
    for (int i = 0; i < dimensions.size(); i++) {
      json.writeStringField(dimensions.get(i).code().value(), series.dimensions().get(i));
    }
    json.writeEndObject();
  }
}
