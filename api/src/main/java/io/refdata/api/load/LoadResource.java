package io.refdata.api.load;

import io.refdata.api.body.FileBody;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.Csv;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.response.StreamedResponse;
import io.refdata.api.route.Route;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.load.ArrivingPayload;
import io.refdata.persistence.load.LoadChanged;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
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
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The loads. Requests run without a transaction: a load is received as soon as its record is
 * stored.
 */
@Path("/loads")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LoadResource {
  private static final int MAX_DIGITS = 18;
  private static final String GZIP = "gzip";
  private static final Set<String> ENCODINGS = Set.of("", "identity", GZIP, "x-gzip");

  @Inject private LoadOrder orders;
  @Inject private Loads loads;
  @Inject private Rejects rejects;
  @Inject private Event<LoadChanged> changed;

  @POST
  public Response receive(
      @Context HttpHeaders headers, @Context SecurityContext security, @Context UriInfo uri)
      throws IOException {
    ArrivingPayload file = FileBody.arrived(ServletRequestContext.requireCurrent().getExchange());
    Parameters parameters = Parameters.of(uri);
    String coding = coding(headers.getHeaderString("Content-Encoding"));
    String name = parameters.one("name").orElse(null);
    MediaType type = headers.getMediaType();
    Loads.Order order = orders.read(parameters, type);
    // Before the file is kept: who is refused leaves nothing.
    loads.requireRoom();
    Load load =
        loads.receive(
            order, file.finish(name), type.toString(), coding, Sender.author(headers, security));
    changed.fire(new LoadChanged(load.id(), false));
    return representation(load)
        .written(Response.accepted().header("Location", Route.ROOT + "loads/" + load.id()))
        .build();
  }

  /**
   * The content coding of a body: gzip, or null for none. The first bytes of a body show whether it
   * is in gzip, with or without this header.
   */
  private static @Nullable String coding(@Nullable String encoding) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    if (!ENCODINGS.contains(name)) {
      throw new Problem(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The Content-Encoding '%s' is not supported, but gzip is.".formatted(encoding));
    }
    return name.endsWith(GZIP) ? GZIP : null;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    Long before = page.after(LoadResource::id);
    return page.of(
        loads.list(before == null ? 0 : before, page.toRead()),
        load -> Long.toString(load.id()),
        LoadJson::write,
        request,
        uri);
  }

  private static Optional<Long> id(String text) {
    return Digits.are(text, MAX_DIGITS) ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  @GET
  @Path("/{id}")
  public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    return representation(find(id)).read(request).build();
  }

  @GET
  @Path("/{id}/rejects")
  @Produces("text/csv")
  public Response rejects(@PathParam("id") String id, @Context UriInfo uri) {
    Parameters parameters = Parameters.of(uri);
    Delivery delivery = Delivery.of(parameters, List.of(Format.CSV));
    parameters.end();
    Load load = find(id);
    return StreamedResponse.of(
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          writer.write(delivery.mark());
          writer.write("line,column,code,reason,raw\n");
          rejects.read(load.id(), rows -> rows.forEach(reject -> write(reject, writer)));
          writer.flush();
        },
        delivery);
  }

  private static void write(Reject reject, Writer writer) {
    try {
      writer.write(
          String.join(
              ",",
              Long.toString(reject.line()),
              Csv.field(reject.column() == null ? "" : reject.column()),
              reject.code(),
              Csv.field(reject.reason()),
              Csv.field(reject.raw())));
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @POST
  @Path("/{id}/restart")
  public Response restart(@PathParam("id") String id, @Context UriInfo uri) {
    Parameters.of(uri).end();
    Load load = find(id);
    if (!loads.restart(load.id())) {
      throw new Problem(
          ProblemType.CONFLICT, "Load " + id + " is " + load.state() + ", not FAILED or STOPPED.");
    }
    changed.fire(new LoadChanged(load.id(), false));
    return representation(find(id)).written(Response.accepted()).build();
  }

  @POST
  @Path("/{id}/stop")
  public Response stop(
      @PathParam("id") String id,
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    Parameters.of(uri).end();
    Load load = find(id);
    String message = "Stopped by " + Sender.author(headers, security).by() + ".";
    if (!loads.end(load.id(), State.STOPPED, message)) {
      throw new Problem(ProblemType.CONFLICT, "Load " + id + " is " + find(id).state() + ".");
    }
    changed.fire(new LoadChanged(load.id(), true));
    return representation(find(id)).written(Response.accepted()).build();
  }

  private Load find(String id) {
    return id(id)
        .flatMap(loads::find)
        .orElseThrow(() -> Problem.notFound("There is no load " + id + "."));
  }

  private static Representation representation(Load load) {
    return Representation.of(json -> LoadJson.write(load, json));
  }
}
