package io.refdata.api.comparison;

import io.refdata.api.comparison.SeriesComparison.ComparedSeries;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Held;
import io.refdata.api.observation.Periods;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.persistence.derivation.HeldColumn;
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
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Series of several datasets compared: sources with one another, forecasts with what came. */
@Path("/compare")
@Produces({MediaType.APPLICATION_JSON, "text/csv"})
@ApplicationScoped
public class ComparisonResource {
  @Inject private HeldObservations observations;

  /** Writes a comparison as CSV. */
  @FunctionalInterface
  private interface Lines {
    void write(Writer out) throws IOException;
  }

  @GET
  public Response compare(@Context UriInfo uri, @Context Request request) throws IOException {
    Parameters parameters = Parameters.of(uri);
    Delivery delivery = Delivery.of(parameters, List.of(Format.JSON, Format.CSV));
    ComparisonQuery query = ComparisonQuery.parse(parameters, observations);
    List<Held> held = observations.read(query.asked(), query.given());
    held.forEach(ComparisonResource::requireSeries);
    requireSame(held);
    Representation representation =
        query.isOfForecasts() ? forecasts(query, held, delivery) : series(held, delivery);
    return representation
        .delivered(delivery)
        .dependingOn(() -> HeldObservations.dependencies(held))
        .read(request)
        .build();
  }

  private static Representation series(List<Held> held, Delivery delivery) throws IOException {
    SeriesComparison comparison =
        new SeriesComparison(
            held.stream()
                .map(one -> new ComparedSeries(one.asked().dataset().code().value(), column(one)))
                .toList(),
            Periods.of(held.get(0).frequency()));
    return delivery.format() == Format.CSV
        ? csv(delivery, comparison::write)
        : Representation.of(comparison::write);
  }

  private static Representation forecasts(ComparisonQuery query, List<Held> held, Delivery delivery)
      throws IOException {
    Held forecast = held.get(0);
    Held actual = held.get(1);
    ForecastComparison comparison =
        new ForecastComparison(
            forecast.columns().all(), query.origin(), column(actual), actual.frequency());
    return delivery.format() == Format.CSV
        ? csv(delivery, comparison::write)
        : Representation.of(
            json -> {
              json.writeStartObject();
              json.writeStringField("forecast", forecast.asked().dataset().code().value());
              json.writeStringField("actual", actual.asked().dataset().code().value());
              json.writeStringField("key", actual.series().iterator().next().key());
              json.writeStringField("unit", actual.unit());
              comparison.write(json);
              json.writeEndObject();
            });
  }

  private static Representation csv(Delivery delivery, Lines lines) throws IOException {
    StringWriter out = new StringWriter();
    out.write(delivery.mark());
    lines.write(out);
    return Representation.part(
        out.toString().getBytes(StandardCharsets.UTF_8), Format.CSV.type(), null);
  }

  /** The observations of the one series, none if it has none in the range. */
  private static HeldColumn column(Held held) {
    return held.columns().all().stream()
        .findFirst()
        .orElseGet(() -> new HeldColumn(held.series().iterator().next().measuredIn(held.unit())));
  }

  private static void requireSeries(Held held) {
    if (held.series().isEmpty()) {
      throw new NoSuchItem(
          "series",
          held.asked().dataset().code()
              + ":"
              + String.join(
                  ".",
                  held.asked().pattern().stream()
                      .map(codes -> codes.isEmpty() ? "*" : codes.get(0).value())
                      .toList()));
    }
  }

  /**
   * Requires that all have periods of the same length, and values in the same unit.
   *
   * @throws Problem 400 if not
   */
  private static void requireSame(List<Held> held) {
    Held base = held.get(0);
    for (Held one : held) {
      if (one.frequency() != base.frequency()) {
        throw new UnansweredQuestion(
            one.asked().parameter(),
            "is of periods that differ: %s is %s data and %s is %s; ask for a frequency of both"
                .formatted(
                    base.asked().dataset().code(),
                    base.frequency().adjective(),
                    one.asked().dataset().code(),
                    one.frequency().adjective()));
      }
      if (!Objects.equals(base.unit(), one.unit())) {
        throw new UnansweredQuestion(
            one.asked().parameter(),
            "cannot be compared: %s of %s is in %s, and the first has no unit"
                .formatted(
                    one.series().iterator().next().key(),
                    one.asked().dataset().code(),
                    one.unit()));
      }
    }
  }
}
