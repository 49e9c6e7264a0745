package io.refdata.api.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while the pool hands out a connection on which PostgreSQL answers. */
@Readiness
@ApplicationScoped
public class DatabaseReachable implements HealthCheck {
  private static final int SECONDS = 2;

  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("database");
    try (var connection = dataSource.getConnection()) {
      return response.status(connection.isValid(SECONDS)).build();
    } catch (SQLException e) {
      return response.down().withData("reason", "no connection").build();
    }
  }
}
