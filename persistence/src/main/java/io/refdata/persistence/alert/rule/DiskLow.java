package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The disk of the payloads of this node is nearly full, or will be within {@code
 * refdata.alerts.disk-ahead} if it goes on growing.
 */
@ApplicationScoped
public class DiskLow implements AlertRule {
  private final Growth growth = new Growth();

  @Override
  public Description description() {
    return new Description(
        "DISK_LOW",
        Scope.NODE,
        "percent",
        Bounds.atLeast(85.0, 95.0).margin(0.02),
        "/health/ready");
  }

  @Override
  public synchronized List<Situation> evaluate(Handle database) {
    try {
      FileStore disk = Files.getFileStore(existing(Path.of(Setting.HOME.text()).toAbsolutePath()));
      long all = disk.getTotalSpace();
      long free = disk.getUsableSpace();
      Double perDay = growth.add(all - free, Instant.now());
      return all <= 0
          ? List.of()
          : List.of(
              new Situation(
                  Map.of("disk", "payloads"),
                  Growth.percent(all - free, all, perDay),
                  "%,d of %,d bytes of the disk of the payloads are free; %s"
                      .formatted(free, all, Growth.full(free, perDay))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(Path directory) {
    @Nullable Path parent = directory.getParent();
    return Files.exists(directory) || parent == null ? directory : existing(parent);
  }
}
