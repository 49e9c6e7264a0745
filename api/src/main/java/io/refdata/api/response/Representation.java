package io.refdata.api.response;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.timing.Timing;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.revision.LastModified;
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
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response and their strong entity tag: {@code "<version>-<hash of the bytes>"} for
 * an item, {@code "<hash of the bytes>"} for anything else; in gzip it ends with {@code -gzip}.
 */
public final class Representation {
  /** The representation that a request gets; the response cache reads it from the exchange. */
  public static final AttachmentKey<Representation> SELECTED =
      AttachmentKey.create(Representation.class);

  /** The same representation as it is sent to the client. */
  public static final AttachmentKey<EncodedRepresentation> ENCODED =
      AttachmentKey.create(EncodedRepresentation.class);

  /**
   * The last change of what a request gets, if a kept response says so that is still current: the
   * new one has the same date then.
   */
  public static final AttachmentKey<LastModified> KEPT = AttachmentKey.create(LastModified.class);

  /** The {@code Cache-Control} of current state. */
  public static final String CACHE_CONTROL = "private, no-cache";

  /** The {@code Vary} of all. */
  public static final String VARY = "Accept, Accept-Encoding, Authorization";

  private static final int HASH_BYTES = 12;

  private final byte[] bytes;
  private final MediaType type;
  private final String tag;
  private final @Nullable String next;
  private @Nullable Supplier<Dependencies> dependencies;
  private @Nullable LastModified modified;
  private @Nullable String disposition;

  /** In gzip, once it was sent so: a representation may be kept, and sent again. */
  private volatile @Nullable EncodedRepresentation compressed;

  private Representation(
      byte[] bytes, MediaType type, @Nullable Integer version, @Nullable String next) {
    this.bytes = bytes;
    this.type = type;
    this.next = next;
    String hash = HexFormat.of().formatHex(sha256(bytes), 0, HASH_BYTES);
    this.tag = version == null ? hash : version + "-" + hash;
  }

  /** Writes the JSON of a response. */
  @FunctionalInterface
  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes the JSON of one entry of a list. */
  @FunctionalInterface
  public interface Entry<T> {
    void write(T entry, JsonGenerator json) throws IOException;
  }

  /** The JSON of an item with a version. */
  public static Representation item(int version, Body body) {
    return new Representation(encode(body), MediaType.APPLICATION_JSON_TYPE, version, null);
  }

  /** The JSON of anything that has no version. */
  public static Representation of(Body body) {
    return part(body, null);
  }

  /**
   * The JSON of one part of a longer result, with the cursor of the next part; null for the last.
   */
  public static Representation part(Body body, @Nullable String next) {
    return part(encode(body), MediaType.APPLICATION_JSON_TYPE, next);
  }

  /**
   * The bytes of one part of a longer result, with the cursor of the next part; null for the last.
   */
  public static Representation part(byte[] bytes, MediaType type, @Nullable String next) {
    return new Representation(bytes, type, null, next);
  }

  /** The JSON of a page of a list, with the cursor of the next page; null for the last. */
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
   * Sets what this representation depends on, so that it can be cached until one of the
   * dependencies changes. The dependencies must be complete: all items, values and series. They are
   * only computed if the response is cached.
   */
  public Representation dependingOn(Supplier<Dependencies> all) {
    dependencies = all;
    return this;
  }

  /** The dependencies of this representation; null if it must not be cached. */
  public @Nullable Dependencies dependencies() {
    return dependencies == null ? null : dependencies.get();
  }

  /**
   * Sets when what this shows changed last, as it was before it was read; null if that is not
   * known.
   */
  public Representation modified(@Nullable LastModified last) {
    modified = last;
    return this;
  }

  /** When what this shows changed last; null if that is not known. */
  public @Nullable LastModified modified() {
    return modified;
  }

  /** Sets how the client wants to get this. */
  public Representation delivered(Delivery delivery) {
    disposition = delivery.disposition();
    return this;
  }

  /** The {@code Content-Disposition}; null if it has none. */
  public @Nullable String disposition() {
    return disposition;
  }

  public MediaType type() {
    return type;
  }

  private static byte[] encode(Body body) {
    long start = System.nanoTime();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
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
   * The form in which a client gets this.
   *
   * @throws Problem if {@code If-Match} does not contain its tag
   */
  public EncodedRepresentation encoded(HttpServerExchange exchange) {
    EncodedRepresentation encoded = encode(exchange);
    LastModified kept = exchange.getAttachment(KEPT);
    if (modified != null && kept != null) {
      modified = kept;
    }
    if (ReadConditions.fail(exchange, encoded.opaqueTag())) {
      throw new Problem(
          ProblemType.PRECONDITION_FAILED,
          "The current representation is not one that If-Match names.");
    }
    return encoded;
  }

  /** The response to a GET: 304 if the client already has this representation, else 200. */
  public Response.ResponseBuilder read(Request request) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    EncodedRepresentation encoded = encoded(exchange);
    exchange.putAttachment(SELECTED, this);
    exchange.putAttachment(ENCODED, encoded);
    Response.ResponseBuilder response =
        ReadConditions.isNotModified(exchange, encoded.opaqueTag(), modified)
            ? Response.notModified().tag(new EntityTag(encoded.opaqueTag()))
            : with(encoded, Response.ok());
    if (modified != null) {
      response.header(HttpHeaders.LAST_MODIFIED, ReadConditions.date(modified));
    }
    return response.header("Cache-Control", CACHE_CONTROL).header("Vary", VARY);
  }

  /** The response to a GET of a page, with a link to the next page if there is one. */
  public Response.ResponseBuilder read(Request request, UriInfo uri) {
    Response.ResponseBuilder response = read(request);
    URI url = uri.getRequestUri();
    String link = link(url.getRawPath(), Objects.requireNonNullElse(url.getRawQuery(), ""));
    return link == null ? response : response.header("Link", link);
  }

  /**
   * The value of {@code Link} in a response to a URL: the next page; null if there is none. The
   * link is relative (RFC 8288, 3), because only the client knows the scheme, the host name and the
   * proxies of its request.
   */
  public @Nullable String link(String path, String query) {
    if (next == null) {
      return null;
    }
    StringBuilder others = new StringBuilder();
    for (String parameter : query.split("&")) {
      if (!parameter.equals("after") && !parameter.startsWith("after=")) {
        others.append(parameter).append('&');
      }
    }
    String before = query.isEmpty() ? "" : others.toString();
    return "<" + path + "?" + before + "after=" + next + ">; rel=\"next\"";
  }

  /**
   * Begins the response to a request that created the resource at its URL. {@code Location} is a
   * path, so it holds for any host.
   */
  public static Response.ResponseBuilder created(UriInfo uri) {
    return Response.status(Response.Status.CREATED)
        .header("Location", uri.getAbsolutePath().getRawPath());
  }

  /** The response to a write. */
  public Response.ResponseBuilder written(Response.ResponseBuilder response) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    return with(encode(exchange), response);
  }

  private EncodedRepresentation encode(HttpServerExchange exchange) {
    EncodedRepresentation before = compressed;
    if (before != null && Coding.of(exchange).compresses(bytes.length)) {
      return before;
    }
    EncodedRepresentation encoded = EncodedRepresentation.of(bytes, tag, exchange);
    if (encoded.gzip()) {
      compressed = encoded;
    }
    return encoded;
  }

  /** The number of bytes without a coding. */
  public int length() {
    return bytes.length;
  }

  private Response.ResponseBuilder with(
      EncodedRepresentation encoded, Response.ResponseBuilder response) {
    if (encoded.gzip()) {
      response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    if (disposition != null) {
      response.header(HttpHeaders.CONTENT_DISPOSITION, disposition);
    }
    return response.type(type).entity(encoded.bytes()).tag(new EntityTag(encoded.opaqueTag()));
  }
}
