package io.refdata.api.dataset;

import io.refdata.dataset.Dataset;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.OutputStream;

/** The forms in which observations are handed out. */
enum ObservationForm {
  JSON(MediaType.APPLICATION_JSON_TYPE) {
    @Override
    ObservationWriter writer(Dataset dataset, OutputStream out) throws IOException {
      return new ColumnsWriter(dataset, out);
    }
  },
  CSV(new MediaType("text", "csv", "UTF-8")) {
    @Override
    ObservationWriter writer(Dataset dataset, OutputStream out) throws IOException {
      return new CsvWriter(dataset, out);
    }
  },
  NDJSON(new MediaType("application", "x-ndjson")) {
    @Override
    ObservationWriter writer(Dataset dataset, OutputStream out) throws IOException {
      return new LinesWriter(dataset, out);
    }
  };

  private final MediaType type;

  ObservationForm(MediaType type) {
    this.type = type;
  }

  MediaType type() {
    return type;
  }

  /** What writes the form; it has begun the answer. */
  abstract ObservationWriter writer(Dataset dataset, OutputStream out) throws IOException;
}
