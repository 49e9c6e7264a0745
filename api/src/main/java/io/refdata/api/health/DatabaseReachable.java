package io.refdata.api.health;

import io.refdata.server.Health;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check on WildFly's management port: up while PostgreSQL answers. Probes on the
 * clients' port are answered before they reach the application, from {@link Health}.
 */
@Readiness
@ApplicationScoped
public class DatabaseReachable implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("database");
    Optional<String> reason = Health.PLATFORM.reason(Health.Part.DATABASE);
    return reason.isEmpty()
        ? response.up().build()
        : response.down().withData("reason", reason.get()).build();
  }
}
