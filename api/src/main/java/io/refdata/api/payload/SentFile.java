package io.refdata.api.payload;

import io.refdata.api.client.FileResponse;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemJson;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.response.ReadConditions;
import io.refdata.api.response.Representation;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.HttpMethod;
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
import org.jspecify.annotations.Nullable;

/**
 * A file that is sent byte for byte, or a range of its bytes. The I/O thread sends it: a slow
 * client holds neither a connection to the database nor a worker thread. Its entity tag is of its
 * bytes.
 *
 * @param mediaType as it is sent
 * @param coding the content coding that it is stored in; null for none
 * @param disposition the value of {@code Content-Disposition}; null for none
 * @param bytes its size
 * @param sha256 its SHA-256, in hexadecimal digits
 */
public record SentFile(
    String mediaType,
    @Nullable String coding,
    @Nullable String disposition,
    long bytes,
    String sha256) {
  private static final String RANGE = "Range";

  /** The length of the hash in a tag, in hexadecimal digits. */
  private static final int TAG_LENGTH = 24;

  /**
   * The response to the current request for it.
   *
   * @param file its bytes, which are closed when they are sent, or not sent at all
   */
  public Response answer(FileChannel file, UriInfo uri, HttpHeaders headers, Request request)
      throws IOException {
    boolean sent = false;
    try {
      boolean head = request.getMethod().equals(HttpMethod.HEAD);
      Response response = answer(uri, headers, head ? null : file);
      sent = response.getEntity() instanceof StreamingOutput;
      return response;
    } finally {
      if (!sent) {
        file.close();
      }
    }
  }

  private Response answer(UriInfo uri, HttpHeaders headers, @Nullable FileChannel file) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    String tag = sha256.substring(0, TAG_LENGTH);
    if (ReadConditions.fail(exchange, tag)) {
      throw new Problem(
          ProblemType.PRECONDITION_FAILED, "The file is not one that If-Match names.");
    } else if (ReadConditions.isNotModified(exchange, tag, null)) {
      return about(tag, Response.notModified()).build();
    }
    // Range is for GET only (RFC 9110, 14.2).
    ByteRange range = file == null ? null : range(headers, tag);
    if (range == null) {
      return body(tag, Response.ok(), new ByteRange(0, bytes), file);
    }
    String contentRange = range.contentRange(bytes);
    if (range.count() == 0) {
      return unsatisfiable(uri, contentRange);
    }
    ResponseBuilder part =
        Response.status(Response.Status.PARTIAL_CONTENT).header("Content-Range", contentRange);
    return body(tag, part, range, file);
  }

  /** The range to send; null for the whole file, also if the client has a part of another file. */
  private @Nullable ByteRange range(HttpHeaders headers, String tag) {
    String ifRange = headers.getHeaderString("If-Range");
    boolean sameFile = ifRange == null || ifRange.strip().equals('"' + tag + '"');
    return sameFile ? ByteRange.of(headers.getHeaderString(RANGE), bytes) : null;
  }

  private Response unsatisfiable(UriInfo uri, String contentRange) {
    Problem problem =
        new Problem(
            ProblemType.RANGE_NOT_SATISFIABLE,
            "The file has %d bytes, and none of those in Range.".formatted(bytes));
    return Response.status(problem.type().status())
        .type(ProblemJson.MEDIA_TYPE)
        .header("Cache-Control", "no-store")
        .header("Content-Range", contentRange)
        .entity(ProblemJson.encode(problem, uri.getRequestUri().getRawPath()))
        .build();
  }

  private Response body(
      String tag, ResponseBuilder response, ByteRange range, @Nullable FileChannel file) {
    about(tag, response)
        .type(MediaType.valueOf(mediaType))
        .header("Content-Length", range.count())
        // A file that a browser would run must not run here.
        .header("X-Content-Type-Options", "nosniff");
    if (coding != null) {
      response.header(HttpHeaders.CONTENT_ENCODING, coding);
    }
    if (disposition != null) {
      response.header(HttpHeaders.CONTENT_DISPOSITION, disposition);
    }
    if (file != null) {
      response.entity(
          (StreamingOutput)
              out -> FileResponse.send(out, mediaType, file, range.from(), range.count()));
    }
    return response.build();
  }

  private static ResponseBuilder about(String tag, ResponseBuilder response) {
    return response
        .tag(new EntityTag(tag))
        .header("Accept-Ranges", "bytes")
        .header("Cache-Control", Representation.CACHE_CONTROL)
        .header("Vary", "Authorization");
  }
}
