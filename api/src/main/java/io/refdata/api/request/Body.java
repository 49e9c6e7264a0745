package io.refdata.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.persistence.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The JSON body of a request. */
public final class Body {
  private static final int MAX_BYTES = 1 << 20;

  private Body() {}

  /**
   * Reads a JSON object of at most 1 MiB.
   *
   * @throws io.refdata.persistence.json.MalformedJson if it is not JSON
   */
  public static JsonNode object(InputStream body) throws IOException {
    return objectIfAny(body)
        .orElseThrow(
            () ->
                new Problem(ProblemType.MALFORMED, "The body is empty; it must be a JSON object."));
  }

  /**
   * Reads a JSON object of at most 1 MiB; empty if there is no body.
   *
   * @throws io.refdata.persistence.json.MalformedJson if it is not JSON
   */
  public static Optional<JsonNode> objectIfAny(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new Problem(ProblemType.TOO_LARGE, "The body can have at most 1 MiB.");
    }
    JsonNode tree = StrictJson.only(new ByteArrayInputStream(bytes));
    if (tree != null && !tree.isObject()) {
      throw new Problem(ProblemType.MALFORMED, "The body must be a JSON object.");
    }
    return Optional.ofNullable(tree);
  }
}
