package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The reader and writer of the platform's own JSON: its responses, and the documents that it
 * stores. {@link StrictJson} reads the JSON of clients.
 */
public final class Json {
  /** Writes numbers in the shortest form that reads back as the same number. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  public static final JsonMapper MAPPER = new JsonMapper(FACTORY);

  private Json() {}
}
