package io.refdata.persistence.alert.rule;

import io.agroal.api.AgroalDataSource;
import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** The connections of the pool are nearly all in use, or threads wait for one. */
@Dependent
public class PoolNearEnd implements AlertRule {
  private static final double ALL = 100;

  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public PoolNearEnd() {}

  /** That of a pool. */
  PoolNearEnd(AgroalDataSource pool) {
    this.dataSource = pool;
  }

  @Override
  public Description description() {
    return new Description(
        "POOL_NEAR_END",
        Scope.NODE,
        "percent",
        Bounds.atLeast(80.0, 100.0),
        "/api/v1/database/connections");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    AgroalDataSource pool = (AgroalDataSource) dataSource;
    long active = pool.getMetrics().activeCount();
    long waiting = pool.getMetrics().awaitingCount();
    int max = pool.getConfiguration().connectionPoolConfiguration().maxSize();
    return List.of(
        new Situation(
            Map.of(),
            waiting > 0 ? ALL : ALL * active / max,
            "%d of %d connections are in use, and %d threads wait for one"
                .formatted(active, max, waiting)));
  }
}
