package io.refdata.api.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.timing.Timing;
import io.refdata.persistence.freshness.Dependencies;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.AttachmentKey;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer and its strong entity tag: {@code "<version>-<hash of the bytes>"} of an
 * item, {@code "<hash of the bytes>"} of anything else; in gzip with {@code -gzip} behind.
 */
public final class Representation {
  /** How all JSON is written; numbers in the shortest form that reads back as the same. */
  public static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** The answer that a request was given, for who keeps it. */
  public static final AttachmentKey<Representation> GIVEN =
      AttachmentKey.create(Representation.class);

  /** The same as it goes to the client. */
  public static final AttachmentKey<EncodedRepresentation> ENCODED =
      AttachmentKey.create(EncodedRepresentation.class);

  private static final int HASH_BYTES = 12;

  private final byte[] bytes;
  private final MediaType type;
  private final String tag;
  private final @Nullable String next;
  private @Nullable Supplier<Dependencies> subjects;

  private Representation(
      byte[] bytes, MediaType type, @Nullable Integer version, @Nullable String next) {
    this.bytes = bytes;
    this.type = type;
    this.next = next;
    String hash = HexFormat.of().formatHex(sha256(bytes), 0, HASH_BYTES);
    this.tag = version == null ? hash : version + "-" + hash;
  }

  /** What writes an answer. */
  @FunctionalInterface
  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** What writes one entry of a list. */
  @FunctionalInterface
  public interface Entry<T> {
    void write(T entry, JsonGenerator json) throws IOException;
  }

  /** The JSON of an item in a version. */
  public static Representation item(int version, Body body) {
    return new Representation(encode(body), MediaType.APPLICATION_JSON_TYPE, version, null);
  }

  /** The JSON of anything that has no version of its own. */
  public static Representation of(Body body) {
    return part(body, null);
  }

  /** The JSON of a part of something; the cursor leads to the next part, if there is one. */
  public static Representation part(Body body, @Nullable String next) {
    return part(encode(body), MediaType.APPLICATION_JSON_TYPE, next);
  }

  /** The bytes of a part of something; the cursor leads to the next part, if there is one. */
  public static Representation part(byte[] bytes, MediaType type, @Nullable String next) {
    return new Representation(bytes, type, null, next);
  }

  /** The JSON of a page of a list; the cursor leads to the next page, if there is one. */
  public static <T> Representation page(
      List<? extends T> entries, Entry<T> entry, @Nullable String next) {
    return part(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (T one : entries) {
            entry.write(one, json);
          }
          json.writeEndArray();
          json.writeStringField("next", next);
          json.writeEndObject();
        },
        next);
  }

  /**
   * Says what it rests on, so that it may be kept until any of this changes. Whoever says so has
   * named all: which items, which values, which series. They are asked for if it is kept.
   */
  public Representation restingOn(Supplier<Dependencies> all) {
    subjects = all;
    return this;
  }

  /** What it rests on; null if it must not be kept. */
  public @Nullable Dependencies subjects() {
    return subjects == null ? null : subjects.get();
  }

  public MediaType type() {
    return type;
  }

  private static byte[] encode(Body body) {
    long start = System.nanoTime();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Timing.encoded(System.nanoTime() - start);
    return out.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The answer to a GET: 304 if the client has it already, else 200.
   *
   * @throws Problem if {@code If-Match} names others only
   */
  public Response.ResponseBuilder read(Request request) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    EncodedRepresentation encoded = EncodedRepresentation.of(bytes, tag, exchange);
    if (ReadConditions.fail(exchange, encoded.opaqueTag())) {
      throw new Problem(
          ProblemType.PRECONDITION_FAILED, "What is here is not what If-Match names.");
    }
    exchange.putAttachment(GIVEN, this);
    exchange.putAttachment(ENCODED, encoded);
    Response.ResponseBuilder response =
        ReadConditions.isKnown(exchange, encoded.opaqueTag())
            ? Response.notModified().tag(new EntityTag(encoded.opaqueTag()))
            : with(encoded, Response.ok());
    return response
        .header("Cache-Control", "private, no-cache")
        .header("Vary", "Accept, Accept-Encoding, Authorization");
  }

  /**
   * The answer to a GET of a page, with a link to the next one if there is one. The link is
   * relative (RFC 8288, 3): through which proxies, and by which scheme and name, the client has
   * come is the client's to know.
   */
  public Response.ResponseBuilder read(Request request, UriInfo uri) {
    Response.ResponseBuilder response = read(request);
    if (next != null) {
      URI whole = uri.getRequestUriBuilder().replaceQueryParam("after", next).build();
      response.header(
          "Link", "<%s?%s>; rel=\"next\"".formatted(whole.getRawPath(), whole.getRawQuery()));
    }
    return response;
  }

  /**
   * The begin of the answer to what has made what the URL names; it is there, whatever the host.
   */
  public static Response.ResponseBuilder created(UriInfo uri) {
    return Response.status(Response.Status.CREATED)
        .header("Location", uri.getAbsolutePath().getRawPath());
  }

  /** The answer to a write. */
  public Response.ResponseBuilder written(Response.ResponseBuilder response) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    return with(EncodedRepresentation.of(bytes, tag, exchange), response);
  }

  private Response.ResponseBuilder with(
      EncodedRepresentation encoded, Response.ResponseBuilder response) {
    if (encoded.gzip()) {
      response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return response.type(type).entity(encoded.bytes()).tag(new EntityTag(encoded.opaqueTag()));
  }
}
