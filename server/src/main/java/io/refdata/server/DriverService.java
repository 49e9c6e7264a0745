package io.refdata.server;

import java.util.function.Consumer;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Provides the driver of the data source as soon as the database answers. Before that, WildFly
 * starts nothing that needs the data source: neither the pool nor the batch runtime nor the
 * application.
 */
final class DriverService implements Service {
  private static volatile boolean isProvided;

  private final Consumer<Class<?>> provided;
  private final Health health;
  private @Nullable DatabaseWatch watch;

  DriverService(Consumer<Class<?>> provided, Health health) {
    this.provided = provided;
    this.health = health;
  }

  /** True if the database has answered since the process began. */
  static boolean isProvided() {
    return isProvided;
  }

  @Override
  public void start(StartContext context) {
    context.asynchronous();
    DatabaseWatch begun =
        new DatabaseWatch(
            health,
            () -> {
              isProvided = true;
              provided.accept(Driver.class);
              context.complete();
            });
    watch = begun;
    Thread thread = new Thread(begun, "watch over the database");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop(StopContext context) {
    if (watch != null) {
      watch.end();
    }
  }
}
