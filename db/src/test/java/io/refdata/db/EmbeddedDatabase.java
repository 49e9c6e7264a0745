package io.refdata.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.reverseOrder;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL for development and tests, with a database {@code refdata} owned by a role of
 * the same name that is no superuser. Ends with {@link #close}, at the latest with the JVM. Its
 * port and password stay with the directory: whoever starts it again finds it under the same URL,
 * as long as the port is free.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String NAME = "refdata";
  private static final String PID_FILE = "postmaster.pid";
  private static final String ACCESS_FILE = "refdata.properties";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;
  private final Path directory;
  private final boolean temporary;
  private final String password;
  private final long pid;
  private final Thread closer;
  private boolean closed;

  private EmbeddedDatabase(
      EmbeddedPostgres postgres, Path directory, boolean temporary, String password) {
    this.postgres = postgres;
    this.directory = directory;
    this.temporary = temporary;
    this.password = password;
    this.pid = postmaster(directory).orElseThrow();
    this.closer = new Thread(this::end, "embedded-database-closer");
    Runtime.getRuntime().addShutdownHook(closer);
  }

  /**
   * Starts on a directory that keeps its data: made on the first start, reused later, whatever
   * ended the last one.
   */
  public static EmbeddedDatabase start(Path dataDirectory) {
    return start(dataDirectory.toAbsolutePath().normalize(), false);
  }

  /** Starts on an empty directory that {@link #close} removes. */
  public static EmbeddedDatabase startTemporary() {
    try {
      return start(Files.createTempDirectory("refdata-db-"), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedDatabase start(Path directory, boolean temporary) {
    try {
      endOrphan(directory);
      Properties kept = read(directory);
      String password = kept.getProperty("password", newPassword());
      int port = freePort(Integer.parseInt(kept.getProperty("port", "0")));
      Path passwordFile = Files.createTempFile("refdata-db-", ".password");
      try {
        Files.writeString(passwordFile, password);
        EmbeddedPostgres postgres = launch(directory, temporary, port, password, passwordFile);
        EmbeddedDatabase database = new EmbeddedDatabase(postgres, directory, temporary, password);
        database.prepare();
        return database;
      } finally {
        Files.delete(passwordFile);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start on " + directory, e);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL started on " + directory + " but failed", e);
    }
  }

  /**
   * The library's own choices that do not suit us: trust authentication, fsync and synchronous
   * commit off (a killed server would lose what it had acknowledged), five seconds to stop.
   */
  private static EmbeddedPostgres launch(
      Path directory, boolean temporary, int port, String password, Path passwordFile)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(PATIENCE)
            .setPort(port)
            .setConnectConfig("password", password)
            .setDataDirectoryCustomizer(data -> write(data, password, port));

    // These become options of initdb. The built-in provider sorts alike on every operating system.
    builder
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", passwordFile.toString())
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("lc-messages", "C");
    if (System.getProperty("os.name", "").startsWith("Linux")) {
      // What a letter is to pg_trgm comes from here, not from the provider; "C" would know ASCII
      // only.
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
        .setServerConfig("checkpoint_timeout", "15min")
        // pglz took two thirds of the time in which a partition's key is made.
        .setServerConfig("wal_compression", "off")
        // A load may take a thousand new partitions in, with their keys, in one transaction.
        .setServerConfig("max_locks_per_transaction", "256")
        // A killed server loses nothing either way; only the machine's own crash needs fsync.
        .setServerConfig("fsync", temporary ? "off" : "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("timezone", "UTC")
        .setServerConfig("password_encryption", "scram-sha-256")
        .setServerConfig("listen_addresses", "localhost")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("shared_preload_libraries", "pg_stat_statements,auto_explain")
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
      if (!answers(statement, "select from pg_database where datname = 'refdata'")) {
        statement.execute("create database refdata owner refdata encoding 'UTF8'");
      }
    }
    // Only a superuser may create these two; the others a migration needs are trusted.
    try (Connection connection = postgres.getDatabase("postgres", NAME).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set client_min_messages = warning");
      statement.execute("create extension if not exists pg_stat_statements");
      statement.execute("create extension if not exists pgstattuple");
      statement.execute("grant execute on function pg_stat_statements_reset to refdata");
    }
  }

  private static boolean answers(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next();
    }
  }

  public String url() {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + NAME;
  }

  public String user() {
    return NAME;
  }

  public String password() {
    return password;
  }

  /** Opens a connection for each call; pools nothing. */
  public DataSource dataSource() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url());
    dataSource.setUser(user());
    dataSource.setPassword(password);
    return dataSource;
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
   * SIGKILL to the postmaster and all its children. The directory stays, even a temporary one's
   * until the JVM ends.
   */
  public synchronized void kill() {
    ProcessHandle.of(pid).ifPresent(EmbeddedDatabase::kill);
    stop();
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
      remove(directory);
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
    ProcessHandle.of(pid).ifPresent(EmbeddedDatabase::awaitEnd);
  }

  /**
   * A JVM that was killed leaves its server running, a machine that went down a pid file whose
   * number may be anyone's by now. The library waits in vain in both cases.
   */
  private static void endOrphan(Path directory) throws IOException {
    Optional<Long> recorded = postmaster(directory);
    if (recorded.isEmpty()) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("epg-lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(directory);
      }
      ProcessHandle.of(recorded.get())
          .filter(EmbeddedDatabase::isPostgres)
          .ifPresent(EmbeddedDatabase::kill);
      Files.deleteIfExists(directory.resolve(PID_FILE));
    } catch (OverlappingFileLockException e) {
      throw inUse(directory);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(it -> it.contains("postgres")).isPresent();
  }

  /**
   * The children too: one that outlives the postmaster keeps the shared memory, and no new server
   * may start.
   */
  private static void kill(ProcessHandle postmaster) {
    List<ProcessHandle> children = postmaster.descendants().toList();
    Stream.concat(Stream.of(postmaster), children.stream()).forEach(ProcessHandle::destroyForcibly);
    Stream.concat(Stream.of(postmaster), children.stream()).forEach(EmbeddedDatabase::awaitEnd);
  }

  /**
   * One that has ended but is not reaped yet (some containers' first process never does) counts as
   * alive, but has no command.
   */
  private static void awaitEnd(ProcessHandle process) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isPostgres(process)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("process " + process.pid() + " does not end");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static Optional<Long> postmaster(Path directory) {
    try (Stream<String> lines = Files.lines(directory.resolve(PID_FILE))) {
      return lines.findFirst().map(Long::valueOf);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException inUse(Path directory) {
    return new IllegalStateException("another process runs PostgreSQL on " + directory);
  }

  /** The port of the last start, if it is free. */
  private static int freePort(int preferred) throws IOException {
    try (ServerSocket socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (BindException e) {
      return freePort(0);
    }
  }

  private static String newPassword() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static Properties read(Path directory) throws IOException {
    Properties properties = new Properties();
    Path file = directory.resolve(ACCESS_FILE);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private static void write(File directory, String password, int port) {
    Properties properties = new Properties();
    properties.setProperty("password", password);
    properties.setProperty("port", Integer.toString(port));
    try (Writer writer = Files.newBufferedWriter(directory.toPath().resolve(ACCESS_FILE), UTF_8)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (NoSuchFileException gone) {
      // Closed before.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
