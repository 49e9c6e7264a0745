package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A node cannot reach the database. Its alert is kept in memory ({@link
 * io.refdata.persistence.alert.MemoryAlert}): whoever can ask this rule has reached the database.
 */
@Dependent
public class DatabaseDown implements AlertRule {
  public static final String NAME = "DATABASE_DOWN";

  @Override
  public Description description() {
    return new Description(NAME, Scope.NODE, "nodes", Bounds.atLeast(null, 1.0), "/health/ready");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return List.of();
  }
}
