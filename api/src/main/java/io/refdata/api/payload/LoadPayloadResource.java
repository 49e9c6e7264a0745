package io.refdata.api.payload;

import io.refdata.api.client.FileResponse;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemJson;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.FileName;
import io.refdata.api.response.ReadConditions;
import io.refdata.api.response.Representation;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.payload.LoadPayload;
import io.refdata.persistence.payload.Removal;
import io.refdata.persistence.payload.StoredPayloads;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of a load as it came, byte for byte, or a range of its bytes. The file is sent by the
 * I/O thread: a slow client holds neither a connection to the database nor a worker thread.
 */
@Path("/loads/{id}/payload")
@ApplicationScoped
public class LoadPayloadResource {
  private static final String RANGE = "Range";

  /** The length of the hash in a tag, in hexadecimal digits. */
  private static final int TAG_LENGTH = 24;

  @Inject private StoredPayloads stored;
  @Inject private Payloads files;

  @GET
  public Response get(
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context Request request)
      throws IOException {
    Parameters.of(uri).end();
    LoadPayload payload = find(id);
    FileChannel file = open(id, path(id, payload));
    boolean sent = false;
    try {
      boolean head = request.getMethod().equals(HttpMethod.HEAD);
      Response response = answer(payload, uri, headers, head ? null : file);
      sent = response.getEntity() instanceof StreamingOutput;
      return response;
    } finally {
      if (!sent) {
        file.close();
      }
    }
  }

  private static Response answer(
      LoadPayload payload, UriInfo uri, HttpHeaders headers, @Nullable FileChannel file) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    String tag = payload.sha256().substring(0, TAG_LENGTH);
    if (ReadConditions.fail(exchange, tag)) {
      throw new Problem(
          ProblemType.PRECONDITION_FAILED, "The file is not one that If-Match names.");
    } else if (ReadConditions.isNotModified(exchange, tag, null)) {
      return about(payload, tag, Response.notModified()).build();
    }
    // Range is for GET only (RFC 9110, 14.2).
    ByteRange range = file == null ? null : range(headers, tag, payload.bytes());
    if (range == null) {
      return body(payload, tag, Response.ok(), new ByteRange(0, payload.bytes()), file);
    }
    String contentRange = range.contentRange(payload.bytes());
    if (range.count() == 0) {
      return unsatisfiable(uri, contentRange, payload.bytes());
    }
    ResponseBuilder part =
        Response.status(Response.Status.PARTIAL_CONTENT).header("Content-Range", contentRange);
    return body(payload, tag, part, range, file);
  }

  /** The range to send; null for the whole file, also if the client has a part of another file. */
  private static @Nullable ByteRange range(HttpHeaders headers, String tag, long size) {
    String ifRange = headers.getHeaderString("If-Range");
    boolean sameFile = ifRange == null || ifRange.strip().equals('"' + tag + '"');
    return sameFile ? ByteRange.of(headers.getHeaderString(RANGE), size) : null;
  }

  private static Response unsatisfiable(UriInfo uri, String contentRange, long size) {
    Problem problem =
        new Problem(
            ProblemType.RANGE_NOT_SATISFIABLE,
            "The file has %d bytes, and none of those in Range.".formatted(size));
    return Response.status(problem.type().status())
        .type(ProblemJson.MEDIA_TYPE)
        .header("Cache-Control", "no-store")
        .header("Content-Range", contentRange)
        .entity(ProblemJson.encode(problem, uri.getRequestUri().getRawPath()))
        .build();
  }

  private static Response body(
      LoadPayload payload,
      String tag,
      ResponseBuilder response,
      ByteRange range,
      @Nullable FileChannel file) {
    about(payload, tag, response)
        .type(MediaType.valueOf(payload.mediaType()))
        .header("Content-Length", range.count())
        // What a browser would run must not run here.
        .header("X-Content-Type-Options", "nosniff");
    if (payload.coding() != null) {
      response.header(HttpHeaders.CONTENT_ENCODING, payload.coding());
    }
    FileName.disposition(payload.name())
        .ifPresent(value -> response.header(HttpHeaders.CONTENT_DISPOSITION, value));
    if (file != null) {
      response.entity(
          (StreamingOutput)
              out ->
                  FileResponse.send(out, payload.mediaType(), file, range.from(), range.count()));
    }
    return response.build();
  }

  private static ResponseBuilder about(LoadPayload payload, String tag, ResponseBuilder response) {
    return response
        .tag(new EntityTag(tag))
        .header("Accept-Ranges", "bytes")
        .header("Cache-Control", Representation.CACHE_CONTROL)
        .header("Vary", "Authorization");
  }

  private LoadPayload find(String id) {
    Optional<LoadPayload> found =
        Digits.are(id, 18) ? stored.ofLoad(Long.parseLong(id)) : Optional.empty();
    return found.orElseThrow(() -> Problem.notFound("There is no load " + id + "."));
  }

  private static String path(String id, LoadPayload payload) {
    if (payload.removedAt() != null) {
      throw new Problem(
          ProblemType.GONE,
          "The file of load %s was removed at %s: %s."
              .formatted(id, payload.removedAt(), reason(payload.removedBecause())));
    } else if (payload.path() == null) {
      throw Problem.notFound("Load " + id + " came without a file.");
    }
    return payload.path();
  }

  private static String reason(@Nullable Removal because) {
    return because == Removal.SIZE
        ? "newer files needed the room of refdata.payloads.bytes"
        : "it was older than refdata.payloads.kept";
  }

  private FileChannel open(String id, String path) throws IOException {
    try {
      return FileChannel.open(files.path(path));
    } catch (NoSuchFileException e) {
      throw new Problem(
          ProblemType.GONE,
          "The file of load %s is not on disk any more; the platform has not removed it."
              .formatted(id));
    }
  }
}
