package io.refdata.perf.rival;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * The rival in a process of its own: Vert.x with its reactive PostgreSQL client, an event loop for
 * each core. It prints {@link #READY} when it answers, and ends when its input ends, so that it
 * does not outlive the process that started it.
 */
public final class VertxServer {
  /** The line that it prints when it answers. */
  public static final String READY = "READY";

  private VertxServer() {}

  /**
   * Starts the server.
   *
   * @param arguments the configuration of {@link VertxRival}, as JSON
   */
  public static void main(String[] arguments) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(cores));
    DeploymentOptions options =
        new DeploymentOptions().setInstances(cores).setConfig(new JsonObject(arguments[0]));
    vertx
        .deployVerticle(VertxRival::new, options)
        .onSuccess(deployed -> System.out.println(READY))
        .onFailure(
            failure -> {
              System.out.println(failure);
              Runtime.getRuntime().halt(1);
            });
    while (System.in.read() >= 0) {
      // Only the end of the input counts.
    }
    Runtime.getRuntime().halt(0);
  }
}
