package io.refdata.api.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer and its strong entity tag: {@code "<version>-<hash of the bytes>"} of an
 * item, {@code "<hash of the bytes>"} of anything else.
 */
public final class Answer {
  /** How all JSON is written; numbers in the shortest form that reads back as the same. */
  public static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private static final int HASH_BYTES = 12;

  private final byte[] bytes;
  private final EntityTag tag;

  private Answer(byte[] bytes, @Nullable Integer version) {
    this.bytes = bytes;
    String hash = HexFormat.of().formatHex(sha256(bytes), 0, HASH_BYTES);
    this.tag = new EntityTag(version == null ? hash : version + "-" + hash);
  }

  /** What writes an answer. */
  @FunctionalInterface
  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** The JSON of an item in a version. */
  public static Answer item(int version, Body body) {
    return new Answer(encode(body), version);
  }

  /** The JSON of anything that has no version of its own. */
  public static Answer of(Body body) {
    return new Answer(encode(body), null);
  }

  private static byte[] encode(Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer to a GET: 304 if the client has it already, else 200. */
  public Response.ResponseBuilder read(Request request) {
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder response = unchanged == null ? body(Response.ok()) : unchanged;
    return response
        .tag(tag)
        .header("Cache-Control", "private, no-cache")
        .header("Vary", "Accept, Accept-Encoding, Authorization");
  }

  /** The answer to a write. */
  public Response.ResponseBuilder written(Response.ResponseBuilder response) {
    return body(response).tag(tag);
  }

  private Response.ResponseBuilder body(Response.ResponseBuilder response) {
    return response.type(MediaType.APPLICATION_JSON_TYPE).entity(bytes);
  }
}
