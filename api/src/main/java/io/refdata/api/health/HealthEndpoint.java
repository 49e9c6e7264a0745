package io.refdata.api.health;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jboss.logging.Logger;

/**
 * The health checks on the port that clients use: WildFly itself answers them on its management
 * port only. The body is MicroProfile Health's; 200 when all checks of the kind are up, else 503.
 */
@WebServlet({"/health/live", "/health/ready", "/health/started"})
public class HealthEndpoint extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(HealthEndpoint.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, Annotation> KINDS =
      Map.of(
          "/health/live", Liveness.Literal.INSTANCE,
          "/health/ready", Readiness.Literal.INSTANCE,
          "/health/started", Startup.Literal.INSTANCE);

  @Inject @Any private transient Instance<HealthCheck> checks;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var kind = KINDS.get(request.getServletPath());
    if (kind == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    List<HealthCheckResponse> answers =
        checks.select(kind).stream().map(HealthEndpoint::answer).toList();
    boolean up = answers.stream().allMatch(answer -> answer.getStatus() == Status.UP);
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    try (var json = JSON.createGenerator(response.getOutputStream())) {
      json.writeStartObject();
      json.writeStringField("status", up ? "UP" : "DOWN");
      json.writeArrayFieldStart("checks");
      for (var answer : answers) {
        write(answer, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** A check that throws is down: the probe must say so, whatever went wrong inside. */
  private static HealthCheckResponse answer(HealthCheck check) {
    try {
      return check.call();
    } catch (RuntimeException e) {
      LOG.warnf(e, "The health check %s failed", check);
      return HealthCheckResponse.down(check.getClass().getSimpleName());
    }
  }

  private static void write(HealthCheckResponse answer, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", answer.getName());
    json.writeStringField("status", answer.getStatus().name());
    if (answer.getData().isPresent()) {
      json.writeObjectFieldStart("data");
      for (var entry : new TreeMap<>(answer.getData().get()).entrySet()) {
        json.writeFieldName(entry.getKey());
        json.writePOJO(entry.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
