package io.refdata.api.calculation;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.domain.calculation.FunctionName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The number of calls of each function of calculations, and the time that they took. */
@Path("/performance/calculations")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class CalculationTimesResource {
  private static final double NANOS = 1e6;

  @Inject private CalculationTimes times;

  private record UseView(
      String function,
      long calls,
      long hits,
      @Nullable Double hitRatio,
      @Nullable Double p50Ms,
      @Nullable Double p95Ms,
      @Nullable Double slowestMs) {
    static UseView of(FunctionName name, CalculationTimes.Use use) {
      return new UseView(
          name.toString(),
          use.calls(),
          use.hits(),
          use.calls() == 0 ? null : (double) use.hits() / use.calls(),
          millis(use.median()),
          millis(use.p95()),
          millis(use.slowest()));
    }

    private static @Nullable Double millis(Optional<Duration> duration) {
      return duration.map(one -> one.toNanos() / NANOS).orElse(null);
    }
  }

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Delivery delivery = Delivery.ofJson(Parameters.of(uri));
    List<UseView> views =
        times.all().entrySet().stream()
            .map(entry -> UseView.of(entry.getKey(), entry.getValue()))
            .toList();
    return Representation.page(views, (view, json) -> json.writePOJO(view), null)
        .delivered(delivery)
        .read(request)
        .build();
  }
}
