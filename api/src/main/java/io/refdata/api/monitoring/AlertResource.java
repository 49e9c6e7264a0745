package io.refdata.api.monitoring;

import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.alert.Alert;
import io.refdata.persistence.alert.AlertRules;
import io.refdata.persistence.alert.Alerts;
import io.refdata.persistence.alert.Alerts.Filter;
import io.refdata.persistence.alert.Alerts.Listed;
import io.refdata.persistence.alert.Alerts.Place;
import io.refdata.persistence.alert.Alerts.State;
import io.refdata.persistence.alert.Severity;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The alerts that need, or needed, the attention of an operator. */
@Path("/monitoring/alerts")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AlertResource {
  @Inject private Alerts alerts;
  @Inject private AlertRules rules;

  /** The severities that an alert on record can have. */
  private enum Shown {
    WARNING(Severity.WARNING),
    CRITICAL(Severity.CRITICAL);

    private final Severity severity;

    Shown(Severity severity) {
      this.severity = severity;
    }
  }

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    Optional<State> state = parameters.oneOf("state", State.class);
    Optional<Shown> severity = parameters.oneOf("severity", Shown.class);
    List<String> names = names(parameters);
    int limit = parameters.limit();
    String after = parameters.after().orElse(null);
    Delivery delivery = Delivery.ofJson(parameters);
    String list = parameters.identity(uri.getPath());
    List<Listed> found =
        alerts.list(
            new Filter(
                state.orElse(null), severity.map(shown -> shown.severity).orElse(null), names),
            after == null ? null : place(list, after),
            limit + 1);
    List<Listed> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? cursor(list, page.get(limit - 1).alert()) : null;
    return Representation.page(page, (listed, json) -> json.writePOJO(AlertView.of(listed)), next)
        .delivered(delivery)
        .read(request, uri)
        .build();
  }

  private List<String> names(Parameters parameters) {
    List<String> names =
        parameters.any("rule").stream()
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .distinct()
            .toList();
    for (String name : names) {
      if (rules.find(name).isEmpty()) {
        parameters.fault(
            "rule",
            "has no rule '" + name + "'; GET /api/v1/monitoring/alerts/rules lists the rules");
      }
    }
    return names;
  }

  private static String cursor(String list, Alert last) {
    return PageCursor.of(list, List.of(last.opened().toString(), last.id().toString()));
  }

  private static Place place(String list, String cursor) {
    List<@Nullable String> key = PageCursor.parse(list, 2, cursor);
    try {
      return new Place(
          PageCursor.instant(String.valueOf(key.get(0))),
          UUID.fromString(String.valueOf(key.get(1))));
    } catch (IllegalArgumentException e) {
      throw PageCursor.wrong();
    }
  }
}
