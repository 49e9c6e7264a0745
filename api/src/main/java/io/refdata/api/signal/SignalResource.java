package io.refdata.api.signal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.response.WriteConditions;
import io.refdata.api.signal.SignalBody.Parsed;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.signal.InvalidSignal;
import io.refdata.persistence.signal.Signal;
import io.refdata.persistence.signal.SignalRun;
import io.refdata.persistence.signal.SignalRuns;
import io.refdata.persistence.signal.Signals;
import io.refdata.persistence.signal.Signals.Written;
import io.refdata.persistence.signal.SignalsChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The signals, and their runs. A signal writes observations, so its author is a loader. */
@Path("/signals")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SignalResource {
  private static final double MILLIS = 1e3;
  private static final int MOST_CHANGES = 10;

  @Inject private Signals signals;
  @Inject private SignalRuns runs;
  @Inject private SignalBody bodies;
  @Inject private SignalRunner runner;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        signals.list(page.after(Code::parse), page.toRead()),
        signal -> signal.code().value(),
        SignalResource::write,
        request,
        uri);
  }

  @GET
  @Path("/{code}")
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    Signal signal =
        signals.find(PathCode.of(code)).orElseThrow(() -> new NoSuchItem("signals", code));
    return representation(signal).read(request).build();
  }

  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Code wanted = PathCode.of(code);
    try {
      Written written =
          put(
              wanted,
              Body.object(body),
              WriteConditions.of(headers),
              security.getUserPrincipal().getName());
      runner.wake();
      return representation(written.signal())
          .written(written.created() ? Representation.created(uri) : Response.ok())
          .build();
    } catch (InvalidSignal e) {
      throw Problem.invalid(
          List.of(Problem.Error.pointer("/" + e.member(), String.valueOf(e.getMessage()))));
    }
  }

  /** Checks and writes it; again if what it was checked against has changed between the two. */
  private Written put(Code code, JsonNode body, Precondition precondition, String by) {
    for (int attempt = 1; ; attempt++) {
      Parsed parsed = bodies.parse(code, body);
      try {
        return signals.put(code, parsed.definition(), parsed.checked(), precondition, by);
      } catch (SignalsChanged e) {
        if (attempt == MOST_CHANGES) {
          throw e;
        }
      }
    }
  }

  /** Deletes a signal; what it has written stays. */
  @DELETE
  @Path("/{code}")
  public Response delete(
      @PathParam("code") String code, @Context HttpHeaders headers, @Context UriInfo uri) {
    Parameters.of(uri).end();
    signals.delete(PathCode.of(code), WriteConditions.of(headers));
    return Response.noContent().build();
  }

  @GET
  @Path("/{code}/runs")
  public Response runs(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    Long after = page.after(SignalResource::id);
    return page.of(
        runs.list(PathCode.of(code), after == null ? Long.MAX_VALUE : after, page.toRead()),
        run -> Long.toString(run.id()),
        SignalResource::write,
        request,
        uri);
  }

  private static Optional<Long> id(String text) {
    boolean number =
        !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static Representation representation(Signal signal) {
    return Representation.item(signal.version(), json -> write(signal, json));
  }

  private static void write(Signal signal, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", signal.code().value());
    json.writeStringField("name", signal.name());
    if (signal.origin() instanceof Signal.FeatureSet set) {
      json.writeObjectFieldStart(SignalOrigins.FEATURE_SET);
      json.writeStringField("code", set.code().value());
      json.writeNumberField("version", set.number());
      json.writeEndObject();
    } else {
      json.writeFieldName("calculation");
      json.writeRawValue(((Signal.Calculation) signal.origin()).json());
    }
    json.writeStringField("into", "datasets/" + signal.target());
    json.writeStringField("writtenAt", signal.writtenAt().toString());
    json.writeStringField("by", signal.by());
    json.writeEndObject();
  }

  private record RunView(
      long id,
      SignalRun.State state,
      Cause cause,
      @Nullable Integer revision,
      long rows,
      int tries,
      String startedAt,
      @Nullable String finishedAt,
      @Nullable Double seconds,
      @Nullable String message) {}

  private record Cause(@Nullable String dataset, int revision, @Nullable Long load) {}

  private static void write(SignalRun run, JsonGenerator json) throws IOException {
    json.writePOJO(
        new RunView(
            run.id(),
            run.state(),
            new Cause(run.changed(), run.cause(), run.load()),
            run.result(),
            run.rows(),
            run.tries(),
            run.startedAt().toString(),
            run.finishedAt() == null ? null : run.finishedAt().toString(),
            run.finishedAt() == null
                ? null
                : Duration.between(run.startedAt(), run.finishedAt()).toMillis() / MILLIS,
            run.message()));
  }
}
