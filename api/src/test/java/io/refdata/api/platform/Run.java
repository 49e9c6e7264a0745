package io.refdata.api.platform;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.FreePort;
import io.refdata.db.MigrationFailed;
import io.refdata.db.Migrations;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * {@code mvn -Prun}: PostgreSQL, the migrations, WildFly with the application, the sample; then it
 * waits until it is told to end, and ends all it started, last first.
 *
 * <p>What ends by itself is started again, unless it does so again and again.
 *
 * <p>System properties: {@code refdata.home} (where data is kept), {@code refdata.http.port}
 * (8080), {@code refdata.management.port} (9990), {@code refdata.heap} (1g), {@code
 * refdata.db.url}, {@code refdata.db.user}, {@code refdata.db.password} (a PostgreSQL of one's own
 * in place of the embedded one), {@code refdata.tokens} (the directory that tokens are written to,
 * {@code target/dev}); every other {@code refdata.*} property goes on to WildFly.
 *
 * <p>The server listens at the loopback address. Data can be read without a credential; all else
 * takes a token of a {@link DevelopmentIssuer}.
 */
public final class Run {
  /** The properties that are meant for this alone. */
  private static final Set<String> OWN =
      Set.of("refdata.module", "refdata.heap", "refdata.management.port", "refdata.tokens");

  private static final String BANNER = "-".repeat(78);

  /**
   * The console itself: Maven's {@code System.out} interprets colours, and is being taken down at
   * the very time when the end is reported.
   */
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, Charset.defaultCharset());

  /** PostgreSQL may be nobody's child, so that its end has to be looked for. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private final Path module = Path.of(System.getProperty("refdata.module", "")).toAbsolutePath();
  private final Path home =
      Path.of(Optional.ofNullable(option("refdata.home")).orElse(module + "/target/run"))
          .toAbsolutePath()
          .normalize();
  private final Path tokens =
      Path.of(Optional.ofNullable(option("refdata.tokens")).orElse(module + "/../target/dev"))
          .toAbsolutePath()
          .normalize();
  private final int httpPort = port("refdata.http.port", 8080);
  private final int managementPort = port("refdata.management.port", 9990);

  /** The actions that end the parts that were started, the latest first. */
  private final Deque<Runnable> started = new ArrayDeque<>();

  private volatile boolean ending;
  private volatile @Nullable EmbeddedDatabase embedded;
  private volatile @Nullable WildFlyServer wildFly;

  private Run() {}

  public static void main(String[] arguments) throws InterruptedException {
    FLYWAY.setLevel(Level.WARNING);
    var run = new Run();
    Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "end the platform"));
    try {
      run.start();
    } catch (StartFailed | MigrationFailed e) {
      run.fail("Could not start. " + e.getMessage());
    }
    try {
      run.watch();
    } catch (StartFailed e) {
      run.fail(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /**
   * Brings back what ends by itself.
   *
   * @throws StartFailed if it does not come back, or ends again and again
   */
  private void watch() throws InterruptedException {
    Revivals revivals = new Revivals();
    while (true) {
      awaitShutdownIfEnding();
      EmbeddedDatabase database = embedded;
      WildFlyServer server = wildFly;
      if (database != null && !database.isRunning()) {
        revivals.count("PostgreSQL");
        say("%nPostgreSQL has ended by itself; starting it again ...");
        begin(() -> embedded = postgres(database::again), EmbeddedDatabase::close);
        say("PostgreSQL is back");
      } else if (server != null && !server.isRunning()) {
        revivals.count("WildFly");
        say(
            "%nWildFly has ended by itself (its log is now wildfly.previous.log beside %s);"
                + " starting it again ...",
            server.log());
        begin(() -> wildFly = WildFlyServer.start(server.settings()), WildFlyServer::stop);
        say("WildFly is back");
      }
      if (server != null) {
        server.awaitEnd(BETWEEN_LOOKS);
      }
    }
  }

  /** Ends this JVM; what fails while it is ending already fails because of that, and is no news. */
  private void fail(String message) throws InterruptedException {
    awaitShutdownIfEnding();
    say("%n%s", message);
    System.exit(1);
  }

  /** A part that has ended while the JVM ends was stopped. This thread ends with the JVM. */
  private void awaitShutdownIfEnding() throws InterruptedException {
    if (ending) {
      new CountDownLatch(1).await();
    }
  }

  private void start() throws InterruptedException {
    Instant begin = Instant.now();
    say("Starting the reference data platform (Ctrl-C ends it)");
    checkPort("refdata.http.port", httpPort);
    checkPort("refdata.management.port", managementPort);

    var database = database();
    Instant migrating = Instant.now();
    Migrations.migrate(database.dataSource());
    say("  Schema up to date after %s", since(migrating));

    var issuer = DevelopmentIssuer.in(home);
    issuer.writeTokens(tokens);
    Instant deploying = Instant.now();
    var server = wildFly(database, issuer);
    say("  WildFly with the application ready after %s", since(deploying));

    Instant sampling = Instant.now();
    Sample.load(new PlatformClient(server.url(), issuer.token("reader", "editor", "loader")));
    say("  Sample there after %s", since(sampling));
    summary(server, database, begin);
  }

  /** Ends what was started, once, last first. */
  private void stop() {
    ending = true;
    synchronized (started) {
      if (!started.isEmpty()) {
        say("%nStopping ...");
      }
      while (!started.isEmpty()) {
        started.pop().run();
        if (started.isEmpty()) {
          say("Stopped.");
        }
      }
    }
  }

  /** Starts a part so that a concurrent {@link #stop()} either prevents it or ends it. */
  private <T> T begin(Supplier<T> start, Consumer<T> stop) {
    synchronized (started) {
      if (ending) {
        throw new StartFailed("Told to end");
      }
      T part = start.get();
      started.push(() -> stop.accept(part));
      return part;
    }
  }

  private record Database(String url, String user, String password, DataSource dataSource) {}

  private Database database() {
    var url = option("refdata.db.url");
    Instant begin = Instant.now();
    Database database;
    if (url == null) {
      var data = home.resolve("postgresql");
      try {
        Files.createDirectories(home);
      } catch (IOException e) {
        throw new StartFailed("The directory %s cannot be made".formatted(home), e);
      }
      var own = begin(() -> postgres(() -> EmbeddedDatabase.start(data)), EmbeddedDatabase::close);
      embedded = own;
      database = new Database(own.url(), own.user(), own.password(), own.dataSource());
    } else {
      var dataSource = new PGSimpleDataSource();
      dataSource.setUrl(url);
      var user = Optional.ofNullable(option("refdata.db.user")).orElse("refdata");
      var password = Optional.ofNullable(option("refdata.db.password")).orElse("refdata");
      dataSource.setUser(user);
      dataSource.setPassword(password);
      database = new Database(url, user, password, dataSource);
    }
    try (var connection = database.dataSource().getConnection()) {
      var version = connection.getMetaData().getDatabaseProductVersion();
      say("  PostgreSQL %s up after %s", version.replaceFirst(" .*", ""), since(begin));
    } catch (SQLException e) {
      throw new StartFailed(
          "PostgreSQL at %s does not answer: %s".formatted(database.url(), e.getMessage()), e);
    }
    return database;
  }

  /**
   * Starts PostgreSQL.
   *
   * @throws StartFailed with one line, if it does not start
   */
  private static EmbeddedDatabase postgres(Supplier<EmbeddedDatabase> start) {
    try {
      return start.get();
    } catch (UncheckedIOException | IllegalStateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartFailed("%s: %s".formatted(e.getMessage(), cause.getMessage()), e);
    }
  }

  private WildFlyServer wildFly(Database database, DevelopmentIssuer issuer) {
    Map<String, String> properties = new HashMap<>(issuer.settings());
    properties.put("jboss.bind.address", "127.0.0.1");
    properties.put("refdata.access.anybody", "reader");
    properties.put("refdata.metrics.open", "true");
    Properties all = System.getProperties();
    for (var name : all.stringPropertyNames()) {
      var value = option(name);
      if (name.startsWith("refdata.") && !OWN.contains(name) && value != null) {
        properties.put(name, value);
      }
    }
    properties.put("refdata.home", home.resolve("data").toString());
    properties.put("refdata.db.url", database.url());
    properties.put("refdata.db.user", database.user());
    properties.put("refdata.db.password", database.password());
    var settings =
        new WildFlyServer.Settings(
            module.resolve("target/server"),
            home.resolve("wildfly"),
            module.resolve("target/refdata.war"),
            httpPort,
            managementPort,
            Optional.ofNullable(option("refdata.heap")).orElse("1g"),
            false,
            properties);
    return begin(() -> wildFly = WildFlyServer.start(settings), WildFlyServer::stop);
  }

  private void summary(WildFlyServer server, Database database, Instant begin) {
    var base = "http://localhost:" + httpPort;
    // The embedded server's password is this machine's own; that of a server of one's own is not
    // shown.
    boolean own = option("refdata.db.url") != null;
    var psql =
        database
            .url()
            .replaceFirst("^jdbc:", "")
            .replaceFirst("\\?.*$", "")
            .replaceFirst(
                "://", "://" + database.user() + (own ? "" : ":" + database.password()) + "@");
    say(
        """
        %1$s
         Reference data platform: up after %2$s

         Console    %3$s/
         API        %3$s/api/v1
         OpenAPI    %3$s/openapi
         Health     %3$s/health/ready
         WildFly    http://localhost:%4$d  (management, /metrics)
         Database   psql %5$s
         Data       %6$s
         Log        %7$s
         Tokens     %8$s/<role>.jwt, and all.jwt with every role

         Try:
           curl -s '%3$s/api/v1/facilities?fuel=HYDRO&capacityMw=ge:500&sort=-capacityMw&limit=3'
           curl -s '%3$s/api/v1/facilities?within=M49-150&limit=3'
           curl -s -H 'Accept: text/csv' '%3$s/api/v1/datasets/DEMO_GENERATION/observations?key=DEMO_0001.*&from=2025'
           curl -s -H "Authorization: Bearer $(cat %8$s/operator.jwt)" '%3$s/api/v1/database/connections'
         README.md goes on from here with files of your own.

         Ctrl-C ends both servers; the data stays.
        %1$s\
        """,
        BANNER, since(begin), base, managementPort, psql, home, server.log(), tokens);
  }

  private static void checkPort(String property, int port) {
    if (!FreePort.isFree(port)) {
      throw new StartFailed(
          "Port %d is in use. Stop what listens there or choose another: mvn -Prun -D%s=%d"
              .formatted(port, property, port + 1));
    }
  }

  private static int port(String property, int standard) {
    var value = option(property);
    if (value == null) {
      return standard;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      say("-D%s=%s is not a port number", property, value);
      System.exit(1);
      throw e;
    }
  }

  /** A system property, or nothing when it is absent or empty. */
  private static @Nullable String option(String name) {
    var value = System.getProperty(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String since(Instant begin) {
    double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  private static void say(String format, @Nullable Object... arguments) {
    OUT.println(String.format(Locale.ROOT, format, arguments));
  }
}
