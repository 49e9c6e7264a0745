package io.refdata.persistence.alert.rule;

import com.sun.management.OperatingSystemMXBean;
import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The processors of the machine of a node have hardly been idle for minutes. */
@ApplicationScoped
public class ProcessorHigh implements AlertRule {
  private static final Duration MINUTES = Duration.ofMinutes(5);

  @Override
  public Description description() {
    return new Description(
        "PROCESSOR_HIGH",
        Scope.NODE,
        "percent",
        Bounds.atLeast(95.0, null).openAfter(MINUTES),
        "/api/v1/database/queries");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    double load =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class) == null
            ? -1
            : ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getCpuLoad();
    return load < 0 || Double.isNaN(load)
        ? List.of()
        : List.of(
            new Situation(
                Map.of(),
                100 * load,
                "The processors are busy for %.0f %% of the time".formatted(100 * load)));
  }
}
