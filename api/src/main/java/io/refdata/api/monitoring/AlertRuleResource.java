package io.refdata.api.monitoring;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.AlertRules;
import io.refdata.persistence.alert.AlertRules.InForce;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The rules of alerts: their bounds, and what operators have changed of them. */
@Path("/monitoring/alerts/rules")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AlertRuleResource {
  @Inject private AlertRules rules;
  @Inject private Jdbi jdbi;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Delivery delivery = Delivery.ofJson(Parameters.of(uri));
    List<InForce> all = jdbi.withHandle(rules::inForce);
    return Representation.page(all, (rule, json) -> json.writePOJO(RuleView.of(rule)), null)
        .delivered(delivery)
        .read(request, uri)
        .build();
  }

  /** Changes a rule; what the body does not say is as in the code again. */
  @PUT
  @Path("/{rule}")
  public Response change(
      @PathParam("rule") String name,
      InputStream body,
      @Context UriInfo uri,
      @Context Request request)
      throws IOException {
    Parameters.of(uri).end();
    AlertRule rule =
        rules.find(name).orElseThrow(() -> Problem.notFound("There is no rule " + name + "."));
    AlertRules.Change change = RuleChange.parse(Body.object(body), rule.description().bounds());
    InForce now =
        jdbi.inTransaction(
            handle -> {
              // Refuses an If-Match of other bounds.
              representation(inForce(handle, name)).read(request);
              rules.change(handle, rule, change);
              return inForce(handle, name);
            });
    return representation(now).written(Response.ok()).build();
  }

  private InForce inForce(Handle handle, String name) {
    return rules.inForce(handle).stream()
        .filter(one -> one.rule().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Representation representation(InForce rule) {
    return Representation.of(json -> json.writePOJO(RuleView.of(rule)));
  }
}
