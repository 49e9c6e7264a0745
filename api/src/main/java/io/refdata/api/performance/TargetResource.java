package io.refdata.api.performance;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.performance.Target;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The targets of the running system. */
@Path("/performance/targets")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TargetResource {
  private record TargetView(
      String target,
      String category,
      @Nullable String test,
      String what,
      String load,
      String measure,
      Target.Unit unit,
      Target.Better better,
      double pass,
      double critical) {
    static TargetView of(Target target) {
      return new TargetView(
          target.id(),
          target.category(),
          target.test(),
          target.what(),
          target.load(),
          target.measure(),
          target.unit(),
          target.better(),
          target.pass(),
          target.critical());
    }
  }

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Delivery delivery = Delivery.ofJson(Parameters.of(uri));
    List<TargetView> views = PerformanceSuite.targets().all().stream().map(TargetView::of).toList();
    return Representation.page(views, (view, json) -> json.writePOJO(view), null)
        .delivered(delivery)
        .read(request)
        .build();
  }
}
