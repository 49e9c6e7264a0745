package io.refdata.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.persistence.json.StrictJson;
import io.refdata.settings.Setting;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON body of a request. */
public final class Body {
  private static final int MAX_BYTES = (int) Setting.DOCUMENT_BYTES.number();

  private Body() {}

  /**
   * Reads a JSON object of bounded length.
   *
   * @throws io.refdata.persistence.json.MalformedJson if it is not JSON
   */
  public static JsonNode object(InputStream body) throws IOException {
    return Optional.ofNullable(read(bytes(body)))
        .orElseThrow(
            () ->
                new Problem(ProblemType.MALFORMED, "The body is empty; it must be a JSON object."));
  }

  /**
   * Reads a JSON object of bounded length; empty if there is no body, whatever type is said to have
   * none.
   *
   * @param type the media type of the body; null if the client has not said it
   * @throws io.refdata.persistence.json.MalformedJson if it is not JSON
   */
  public static Optional<JsonNode> objectIfAny(InputStream body, @Nullable MediaType type)
      throws IOException {
    byte[] bytes = bytes(body);
    if (bytes.length > 0 && type != null && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
      throw new Problem(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The body must be application/json, not " + type + ".");
    }
    return Optional.ofNullable(read(bytes));
  }

  /**
   * Refuses a body with members, for calls that read none: they must not seem to be understood.
   *
   * @param type the media type of the body; null if the client has not said it
   */
  public static void none(InputStream body, @Nullable MediaType type) throws IOException {
    objectIfAny(body, type).map(Parameters::of).ifPresent(Parameters::end);
  }

  private static byte[] bytes(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new Problem(
          ProblemType.TOO_LARGE, "The body can have at most %,d bytes.".formatted(MAX_BYTES));
    }
    return bytes;
  }

  private static @Nullable JsonNode read(byte[] bytes) throws IOException {
    JsonNode tree = StrictJson.only(new ByteArrayInputStream(bytes));
    if (tree != null && !tree.isObject()) {
      throw new Problem(ProblemType.MALFORMED, "The body must be a JSON object.");
    }
    return tree;
  }
}
