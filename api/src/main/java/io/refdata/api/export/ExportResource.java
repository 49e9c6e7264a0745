package io.refdata.api.export;

import io.refdata.api.payload.SentFile;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.refdata.persistence.export.Export;
import io.refdata.persistence.export.Export.State;
import io.refdata.persistence.export.ExportFiles;
import io.refdata.persistence.export.Exports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Files of observations that somebody asks for and fetches later. As soon as the request is
 * accepted, it is on record, and its instant is fixed.
 */
@Path("/exports")
@ApplicationScoped
public class ExportResource {
  /** The seconds after which a small file is there. */
  private static final String SOON = "1";

  @Inject private ExportOrder orders;
  @Inject private Exports exports;
  @Inject private VisibleExports visible;
  @Inject private ExportFiles files;
  @Inject private ExportRunner runner;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response accept(
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Exports.Order order = orders.read(Body.object(body));
    Export export = exports.accept(order, Sender.author(headers, security));
    runner.wake();
    return representation(export)
        .written(
            Response.accepted()
                .header("Location", Route.ROOT + "exports/" + export.id())
                .header("Retry-After", SOON))
        .build();
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        visible.list(page.after(VisibleExports::id), page.toRead()),
        export -> Long.toString(export.id()),
        ExportJson::write,
        request,
        uri);
  }

  @GET
  @Path("/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    return representation(visible.find(id)).read(request).build();
  }

  @GET
  @Path("/{id}/file")
  public Response file(
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context Request request)
      throws IOException {
    Parameters.of(uri).end();
    Export export = visible.find(id);
    if (export.state() != State.COMPLETED) {
      throw new Problem(
          ProblemType.CONFLICT,
          "Export %s is %s; its file is there when it is COMPLETED.".formatted(id, export.state()));
    } else if (export.isExpired(Instant.now())) {
      throw gone(id, "expired at " + export.expiresAt());
    }
    return sent(export).answer(open(export), uri, headers, request);
  }

  private static SentFile sent(Export export) {
    return new SentFile(
        ExportOrder.format(export.format()).orElseThrow().type().toString(),
        null,
        "attachment; filename=\"%s-%d.%s\""
            .formatted(export.dataset(), export.id(), export.format()),
        export.bytes(),
        Objects.requireNonNull(export.sha256()));
  }

  private FileChannel open(Export export) throws IOException {
    try {
      return FileChannel.open(files.path(Objects.requireNonNull(export.path())));
    } catch (NoSuchFileException e) {
      throw gone(Long.toString(export.id()), "is not on the disk of this server any more");
    }
  }

  private static Problem gone(String id, String why) {
    return new Problem(ProblemType.GONE, "The file of export %s %s.".formatted(id, why));
  }

  /** Deletes an export and its file, also one that is being written. */
  @DELETE
  @Path("/{id}")
  public Response delete(@PathParam("id") String id, @Context UriInfo uri) throws IOException {
    Parameters.of(uri).end();
    Export export = visible.find(id);
    Optional<String> finished = exports.delete(export.id());
    runner.wake();
    if (finished.isPresent()) {
      files.remove(finished.get());
    }
    return Response.noContent().build();
  }

  private static Representation representation(Export export) {
    return Representation.of(json -> ExportJson.write(export, json));
  }
}
