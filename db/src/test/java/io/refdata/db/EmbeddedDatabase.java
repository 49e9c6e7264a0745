package io.refdata.db;

import io.refdata.db.DataDirectory.Access;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL for development and tests, with a database {@code refdata} owned by a role of
 * the same name that is not a superuser. It ends with {@link #close}, at the latest with the JVM.
 * Its port and password are stored in the directory, so a later start has the same URL, as long as
 * the port is free.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String NAME = "refdata";

  /**
   * The role of an application that is not the owner; it is there after {@link
   * #separateApplication}.
   */
  public static final String APPLICATION = "refdata_app";

  /**
   * The longest time of a start, from {@code -Drefdata.postgresql.start=} in seconds: after a crash
   * all that was written since the last checkpoint is read again.
   */
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("refdata.postgresql.start", 600));

  private final EmbeddedPostgres postgres;
  private final DataDirectory directory;
  private final boolean temporary;
  private final String password;
  private final long pid;
  private final Thread closer;
  private boolean closed;

  private EmbeddedDatabase(
      EmbeddedPostgres postgres, DataDirectory directory, boolean temporary, String password) {
    this.postgres = postgres;
    this.directory = directory;
    this.temporary = temporary;
    this.password = password;
    this.pid = directory.postmaster().orElseThrow();
    this.closer = new Thread(this::end, "embedded-database-closer");
    Runtime.getRuntime().addShutdownHook(closer);
  }

  /**
   * Starts on a permanent directory. It is created on the first start and used again later,
   * whatever ended the last server.
   */
  public static EmbeddedDatabase start(Path dataDirectory) {
    return start(new DataDirectory(dataDirectory.toAbsolutePath().normalize()), false);
  }

  /** Starts on an empty directory that {@link #close} deletes. */
  public static EmbeddedDatabase startTemporary() {
    try {
      return start(new DataDirectory(Files.createTempDirectory("refdata-db-")), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedDatabase start(DataDirectory directory, boolean temporary) {
    try {
      directory.endOrphan();
      Access access = directory.access();
      Path passwordFile = Files.createTempFile("refdata-db-", ".password");
      try {
        Files.writeString(passwordFile, access.password());
        EmbeddedPostgres postgres = launch(directory, temporary, access, passwordFile);
        EmbeddedDatabase database =
            new EmbeddedDatabase(postgres, directory, temporary, access.password());
        database.prepare();
        return database;
      } finally {
        Files.delete(passwordFile);
      }
    } catch (IOException e) {
      directory.killPostmaster();
      throw new UncheckedIOException(
          "PostgreSQL did not start on %s:%n%s".formatted(directory, directory.lastLines()), e);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL started on " + directory + " but failed", e);
    }
  }

  /**
   * Replaces defaults of the library that are wrong for us: trust authentication, fsync and
   * synchronous commit off (a killed server would lose acknowledged writes), five seconds to stop.
   */
  private static EmbeddedPostgres launch(
      DataDirectory directory, boolean temporary, Access access, Path passwordFile)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.path())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(PATIENCE)
            .setPort(access.port())
            .setConnectConfig("password", access.password())
            .setDataDirectoryCustomizer(data -> directory.keep(access));

    // These become options of initdb. The built-in provider sorts alike on every operating system.
    builder
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", passwordFile.toString())
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("lc-messages", "C");
    if (System.getProperty("os.name", "").startsWith("Linux")) {
      // pg_trgm takes the set of letters from here, not from the provider; "C" has only those of
      // ASCII.
      builder.setLocaleConfig("lc-ctype", "C.UTF-8");
    }

    return builder
        // Two cores, a solid-state disk, and a JVM beside it.
        .setServerConfig("shared_buffers", "512MB")
        .setServerConfig("effective_cache_size", "2GB")
        .setServerConfig("work_mem", "32MB")
        .setServerConfig("maintenance_work_mem", "256MB")
        .setServerConfig("random_page_cost", "1.1")
        .setServerConfig("io_method", "worker")
        .setServerConfig("jit", "off")
        .setServerConfig("max_connections", "100")
        .setServerConfig("max_wal_size", "4GB")
        .setServerConfig("checkpoint_timeout", "5min")
        // pglz took two thirds of the time to create a partition's key.
        .setServerConfig("wal_compression", "off")
        // A load may adopt a thousand new partitions, with their keys, in one transaction.
        .setServerConfig("max_locks_per_transaction", "256")
        // A killed server loses nothing without fsync; only a crash of the machine does.
        .setServerConfig("fsync", temporary ? "off" : "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("timezone", "UTC")
        .setServerConfig("password_encryption", "scram-sha-256")
        .setServerConfig("listen_addresses", "localhost")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("shared_preload_libraries", "pg_stat_statements,auto_explain")
        // Commands such as COPY name the tables of each load: they would fill it.
        .setServerConfig("pg_stat_statements.track_utility", "off")
        .setServerConfig("auto_explain.log_min_duration", "500ms")
        .setServerConfig("track_io_timing", "on")
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_filename", "postgresql-%a.log")
        .setServerConfig("log_truncate_on_rotation", "on")
        .setServerConfig("log_timezone", "UTC")
        .start();
  }

  private void prepare() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!answers(statement, "select from pg_roles where rolname = 'refdata'")) {
        statement.execute("create role refdata login password '" + password + "'");
        statement.execute("grant pg_monitor to refdata");
      }
      if (!answers(statement, "select from pg_roles where rolname = 'refdata_operator'")) {
        statement.execute("create role refdata_operator nologin");
        statement.execute("grant refdata_operator to refdata");
      }
      if (!answers(statement, "select from pg_database where datname = 'refdata'")) {
        statement.execute("create database refdata owner refdata encoding 'UTF8'");
      }
    }
    // Only a superuser may create these two; the other extensions of migrations are trusted.
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("set client_min_messages = warning");
      statement.execute("create extension if not exists pg_stat_statements");
      statement.execute("create extension if not exists pgstattuple");
      statement.execute("grant execute on function pg_stat_statements_reset to refdata");
    }
  }

  /** Creates the role {@link #APPLICATION} with the same password, as an administrator would. */
  public void separateApplication() throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("create role refdata_app login password '" + password + "'");
      statement.execute("grant refdata_app to refdata");
      statement.execute("grant pg_monitor to refdata_app");
      statement.execute("grant create on schema public to refdata_app");
      statement.execute("grant execute on function pg_stat_statements_reset to refdata_app");
    }
  }

  private static boolean answers(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next();
    }
  }

  public String url() {
    return url(NAME);
  }

  String url(String name) {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
  }

  public String user() {
    return NAME;
  }

  public String password() {
    return password;
  }

  /** Opens a new connection for each call, without a pool. */
  public DataSource dataSource() {
    return dataSource(NAME);
  }

  DataSource dataSource(String name) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url(name));
    dataSource.setUser(user());
    dataSource.setPassword(password);
    return dataSource;
  }

  /** A connection of the superuser to the same database. */
  public Connection superuser() throws SQLException {
    return postgres.getDatabase("postgres", NAME).getConnection();
  }

  /** Creates another database of that name with all that this one has; nobody may be connected. */
  void copy(String name) {
    administer("create database %s template %s owner %2$s".formatted(name, NAME));
  }

  /** Drops a database that {@link #copy} has created, and ends its connections. */
  void drop(String name) {
    administer("drop database %s with (force)".formatted(name));
  }

  private void administer(String command) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    } catch (SQLException e) {
      throw new IllegalStateException(command, e);
    }
  }

  /** True if its first process runs. */
  public boolean isRunning() {
    return ProcessHandle.of(pid).filter(Postmaster::isPostgres).isPresent();
  }

  /** The server's own version, such as {@code 18.6}. */
  public String version() {
    try (Connection connection = dataSource().getConnection()) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The postmaster's process id. */
  public long pid() {
    return pid;
  }

  /**
   * Sends SIGKILL to the postmaster and all its children. The directory stays, even a temporary
   * one, until the JVM ends.
   */
  public synchronized void kill() {
    ProcessHandle.of(pid).ifPresent(Postmaster::kill);
    stop();
  }

  /**
   * Starts the database again after its processes have ended in any way.
   *
   * @return the new one, in place of this
   */
  public EmbeddedDatabase again() {
    kill();
    return start(directory, temporary);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(closer);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs by itself.
    }
    end();
  }

  private synchronized void end() {
    stop();
    if (temporary) {
      directory.remove();
    }
  }

  private void stop() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessHandle.of(pid).ifPresent(Postmaster::awaitEnd);
  }
}
