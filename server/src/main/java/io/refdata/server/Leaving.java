package io.refdata.server;

import io.refdata.settings.Setting;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.as.server.suspend.ServerResumeContext;
import org.jboss.as.server.suspend.ServerSuspendContext;
import org.jboss.as.server.suspend.SuspendableActivity;

/**
 * The end of a server that was told to end (SIGTERM). During the notice it answers requests but is
 * not ready, so that a load balancer sends them to others. After it {@link Door} refuses new
 * requests, and WildFly waits for those under way.
 */
final class Leaving implements SuspendableActivity, Runnable {
  private final Health health;
  private final CompletableFuture<Void> noticed = new CompletableFuture<>();

  Leaving(Health health) {
    this.health = health;
  }

  /** Runs as a shutdown hook, beside that of WildFly, which waits for {@link #prepare}. */
  @Override
  public void run() {
    long notice = health.isServing() ? Setting.STOP_NOTICE.number() : 0;
    health.leave();
    new CompletableFuture<Void>().completeOnTimeout(null, notice, TimeUnit.SECONDS).join();
    // The door is closed first: what waits for the notice takes the application away at once.
    health.stop();
    noticed.complete(null);
    if (!DriverService.isProvided()) {
      // It still waits for its database, and has no work to finish.
      Runtime.getRuntime().halt(0);
    }
  }

  @Override
  public CompletionStage<Void> prepare(ServerSuspendContext context) {
    return context.isStopping() ? noticed : COMPLETED;
  }

  @Override
  public CompletionStage<Void> suspend(ServerSuspendContext context) {
    return COMPLETED;
  }

  @Override
  public CompletionStage<Void> resume(ServerResumeContext context) {
    return COMPLETED;
  }
}
