package io.refdata.api.request;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;

/** The JSON document that a request brings. */
public final class Body {
  private static final int MOST_BYTES = 1 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Body() {}

  /** Reads a JSON object of at most 1 MiB. */
  public static JsonNode object(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new Problem(ProblemType.TOO_LARGE, "The body takes at most 1 MiB.");
    }
    JsonNode tree = JSON.readTree(bytes);
    if (!tree.isObject()) {
      throw new Problem(ProblemType.MALFORMED, "The body must be a JSON object.");
    }
    return tree;
  }
}
