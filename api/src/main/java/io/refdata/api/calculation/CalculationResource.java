package io.refdata.api.calculation;

import io.refdata.api.calculation.Calculations.Answer;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Body;
import io.refdata.api.request.CacheControl;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.ImmutableResponses;
import io.refdata.api.response.Representation;
import io.refdata.api.timing.ServerTiming;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/** Functions of the bars of a series, on several frequencies at once. */
@Path("/calculations")
@Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
@ApplicationScoped
public class CalculationResource {
  @Inject private HeldObservations observations;
  @Inject private KeptCalculations kept;
  @Inject private Calculations calculations;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response calculate(InputStream body, @Context UriInfo uri) throws IOException {
    Parameters.of(uri).end();
    long since = kept.now();
    CalculationQuery query = CalculationBody.parse(Body.object(body), observations);
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    boolean anew = CacheControl.isNoCache(exchange.getRequestHeaders());
    Answer answer = answer(query, since, anew);
    if (answer.wasKept()) {
      ServerTiming.hit(exchange);
    } else if (!anew) {
      ServerTiming.missed(exchange);
    }
    return answer
        .representation()
        .written(Response.ok())
        .header(
            HttpHeaders.CACHE_CONTROL,
            query.asOf() == null ? Representation.CACHE_CONTROL : ImmutableResponses.CACHE_CONTROL)
        .header(HttpHeaders.VARY, Representation.VARY)
        .build();
  }

  /** The answer; a parameter at fault is named as a member of the body. */
  private Answer answer(CalculationQuery query, long since, boolean anew) {
    try {
      return calculations.answer(query, since, anew);
    } catch (UnansweredQuestion | Problem e) {
      throw Problem.ofBody(e);
    }
  }
}
