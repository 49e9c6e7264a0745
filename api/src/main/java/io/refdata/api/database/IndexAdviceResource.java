package io.refdata.api.database;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.refdata.persistence.index.advice.AdviseIndexes;
import io.refdata.persistence.index.advice.Recommendation;
import io.refdata.persistence.index.advice.Recommendations;
import io.refdata.persistence.index.trial.Trials;
import io.refdata.persistence.upkeep.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
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
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/**
 * The recommendations about indexes, and their trials. Requests run without a transaction: a trial
 * goes on after its response.
 */
@Path("/database/indexes/recommendations")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class IndexAdviceResource {
  @Inject private Recommendations recommendations;
  @Inject private Trials trials;
  @Inject private Tasks tasks;
  @Inject private AdviseIndexes advice;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Delivery delivery = Delivery.ofJson(Parameters.of(uri));
    return all().delivered(delivery).read(request).build();
  }

  /** Looks for recommendations now, instead of at its time. */
  @POST
  public Response find(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Body.none(body, headers.getMediaType());
    if (tasks.run(advice).isEmpty()) {
      throw new Problem(ProblemType.CONFLICT, "Recommendations are being looked for already.");
    }
    return all().written(Response.ok()).build();
  }

  private Representation all() {
    Recommendations.All all = recommendations.all();
    return Representation.of(json -> IndexAdviceJson.write(all, json));
  }

  @GET
  @Path("/{id}")
  public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    return representation(find(id)).read(request).build();
  }

  @POST
  @Path("/{id}/apply")
  public Response apply(
      @PathParam("id") String id,
      InputStream body,
      @Context HttpHeaders headers,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Body.none(body, headers.getMediaType());
    Recommendation one = find(id);
    if (trials.wouldLock(one)) {
      throw new Problem(
          ProblemType.CONFLICT,
          "To drop an index of a partitioned table locks readers and writers out. Run it yourself"
              + " when nobody reads or writes: "
              + one.ddl());
    }
    return accepted(one, trials.apply(one));
  }

  @POST
  @Path("/{id}/adopt")
  public Response adopt(
      @PathParam("id") String id,
      InputStream body,
      @Context HttpHeaders headers,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Body.none(body, headers.getMediaType());
    Recommendation one = find(id);
    return accepted(one, trials.adopt(one));
  }

  @POST
  @Path("/{id}/undo")
  public Response undo(
      @PathParam("id") String id,
      InputStream body,
      @Context HttpHeaders headers,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Body.none(body, headers.getMediaType());
    Recommendation one = find(id);
    return accepted(one, trials.undo(one));
  }

  private Response accepted(Recommendation one, boolean moved) {
    if (!moved) {
      throw new Problem(ProblemType.CONFLICT, wrongState(find(one.id())));
    }
    return representation(find(one.id()))
        .written(
            Response.accepted()
                .header("Location", Route.ROOT + "database/indexes/recommendations/" + one.id()))
        .build();
  }

  private static String wrongState(Recommendation one) {
    return "Recommendation %s is %s%s"
        .formatted(
            one.id(),
            one.state(),
            switch (one.state()) {
              case OPEN -> ": apply it first.";
              case APPLYING, ADOPTING, UNDOING -> ": wait until that has ended.";
              case MEASURING, UNDECIDED -> ": adopt it or undo it.";
              case ADOPTED -> ", which is for good: drop or build the index by its DDL yourself.";
              case UNDONE, FAILED -> ": apply it to try again.";
            });
  }

  private Recommendation find(String id) {
    return recommendations
        .find(id)
        .orElseThrow(() -> Problem.notFound("There is no recommendation " + id + "."));
  }

  private Representation representation(Recommendation one) {
    return Representation.of(
        json -> IndexAdviceJson.write(one, recommendations.steps(one.id()), json));
  }
}
