package io.refdata.api.platform;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One WildFly as a child process. Its home is the provisioned server, which is only read: what it
 * writes goes to a base directory of its own, so several may run from one home. {@link #start}
 * returns when the application is ready; the process ends with {@link #stop()} or {@link #kill()},
 * and with the JVM that started it if that one ends in order.
 */
public final class WildFlyServer implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofMinutes(3);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(40);
  private static final int LAST_LINES = 25;

  private final Settings settings;
  private final Process process;
  private final Thread endWithThisJvm;

  private WildFlyServer(Settings settings, Process process) {
    this.settings = settings;
    this.process = process;
    this.endWithThisJvm = new Thread(() -> endProcess(STOP_DEADLINE), "end WildFly");
    Runtime.getRuntime().addShutdownHook(endWithThisJvm);
  }

  /**
   * The settings that a server is started with.
   *
   * @param home the provisioned server, for example {@code api/target/server}
   * @param base the directory for all that this server writes; made when it is absent, and its
   *     configuration and deployments are renewed at each start
   * @param war the application to deploy
   * @param httpPort where the application answers
   * @param managementPort where WildFly's management, metrics and own health answer
   * @param heap the largest heap, as {@code -Xmx} takes it
   * @param brief whether it serves a short test: it starts in half the time, and is slower later
   * @param properties system properties of the server, such as {@code refdata.db.url}
   */
  public record Settings(
      Path home,
      Path base,
      Path war,
      int httpPort,
      int managementPort,
      String heap,
      boolean brief,
      Map<String, String> properties) {
    public Settings {
      home = home.toAbsolutePath().normalize();
      base = base.toAbsolutePath().normalize();
      properties = Map.copyOf(properties);
    }

    /**
     * The server and the application that this build has made, on free ports. It lets anybody do
     * anything.
     *
     * @param directory for all that the server writes
     */
    public static Settings ofBuild(Path directory, EmbeddedDatabase database, String heap) {
      return ofBuild(Path.of("target").toAbsolutePath(), directory, database, heap);
    }

    /** The same, of the build in another directory than this process runs in. */
    static Settings ofBuild(Path build, Path directory, EmbeddedDatabase database, String heap) {
      return new Settings(
          build.resolve("server"),
          directory.resolve("wildfly"),
          build.resolve("refdata.war"),
          FreePort.any(),
          FreePort.any(),
          heap,
          true,
          Map.of(
              "refdata.access.anybody", "reader,editor,loader,operator",
              "refdata.metrics.open", "true",
              "refdata.home", directory.resolve("data").toString(),
              "refdata.db.url", database.url(),
              "refdata.db.user", database.user(),
              "refdata.db.password", database.password()));
    }

    /** The same with further system properties. */
    public Settings with(Map<String, String> more) {
      Map<String, String> all = new HashMap<>(properties);
      all.putAll(more);
      return new Settings(home, base, war, httpPort, managementPort, heap, brief, all);
    }

    /** The same for a server that runs for long: it starts slowly, and is fast later. */
    public Settings lasting() {
      return new Settings(home, base, war, httpPort, managementPort, heap, false, properties);
    }
  }

  /**
   * Starts a server and waits until {@code /health/ready} answers 200.
   *
   * @throws StartFailed as soon as the process ends or the deployment fails, or after three
   *     minutes; the message holds the log's last lines, and nothing is left running
   */
  public static WildFlyServer start(Settings settings) {
    return started(settings, WildFlyLaunch.of(settings));
  }

  /** Starts a server that writes an archive of its classes as it ends, see {@link ClassArchive}. */
  static WildFlyServer startArchiving(Settings settings, Path archive) {
    return started(settings, WildFlyLaunch.archiving(settings, archive));
  }

  private static WildFlyServer started(Settings settings, Process process) {
    var server = new WildFlyServer(settings, process);
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException | Error e) {
      server.kill();
      throw e;
    }
  }

  /** Where the application answers, without a trailing slash. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + settings.httpPort());
  }

  /** The settings that it was started with. */
  Settings settings() {
    return settings;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Returns when the process has ended, or after some time. */
  void awaitEnd(Duration time) throws InterruptedException {
    var unused = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The server's log, console output included. */
  public Path log() {
    return settings.base().resolve("wildfly.log");
  }

  /**
   * Asks the server to end, as SIGTERM does, and ends it hard if it has not after forty seconds.
   */
  public void stop() {
    end(STOP_DEADLINE);
  }

  /** The same with another patience. */
  void end(Duration patience) {
    endProcess(patience);
    forget();
  }

  private void endProcess(Duration patience) {
    process.destroy();
    if (!endsWithin(patience)) {
      process.destroyForcibly();
      endsWithin(STOP_DEADLINE);
    }
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    endsWithin(STOP_DEADLINE);
    forget();
  }

  @Override
  public void close() {
    stop();
  }

  /** The log's last lines, indented. */
  String lastLines() {
    try {
      var lines = Files.readString(log(), StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
          .map(line -> "  | " + line + "\n")
          .reduce("", String::concat);
    } catch (IOException e) {
      return "  (no log: " + e.getMessage() + ")\n";
    }
  }

  private void awaitReady() {
    var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    var request =
        HttpRequest.newBuilder(url().resolve("/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    var deployments = settings.base().resolve("deployments");
    var failed = deployments.resolve(settings.war().getFileName() + ".failed");
    Instant deadline = Instant.now().plus(START_DEADLINE);
    while (Instant.now().isBefore(deadline)) {
      if (endsWithin(Duration.ofMillis(100))) {
        throw new StartFailed(
            "WildFly ended with code %d before it was ready. Log %s:%n%s"
                .formatted(process.exitValue(), log(), lastLines()));
      }
      if (Files.exists(failed)) {
        throw new StartFailed(
            "The application could not be deployed. Log %s:%n%s".formatted(log(), lastLines()));
      }
      if (answers(client, request)) {
        return;
      }
    }
    throw new StartFailed(
        "WildFly was not ready within %d s. Log %s:%n%s"
            .formatted(START_DEADLINE.toSeconds(), log(), lastLines()));
  }

  private static boolean answers(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed("Interrupted while WildFly was starting", e);
    }
  }

  private boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartFailed("Interrupted while WildFly was starting or stopping", e);
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
    } catch (IllegalStateException e) {
      // The JVM is ending already: the hook has nothing left to do.
    }
  }
}
