package io.refdata.api.platform;

import io.refdata.db.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A real PostgreSQL and a real WildFly that crash tests kill and start again. */
final class KillablePlatform implements AutoCloseable {
  private final Path home;
  private final Map<String, String> more;
  private EmbeddedDatabase database;
  private WildFlyServer server;
  private volatile PlatformClient client;

  /**
   * Starts both.
   *
   * @param home where they keep what outlives them
   */
  KillablePlatform(Path home) {
    this(home, Map.of());
  }

  /**
   * Starts both.
   *
   * @param more further settings of the server
   */
  KillablePlatform(Path home, Map<String, String> more) {
    this.home = home;
    this.more = more;
    this.database = EmbeddedDatabase.start(home.resolve("postgresql"));
    this.server = newServer();
    this.client = new PlatformClient(server.url());
  }

  private WildFlyServer newServer() {
    return WildFlyServer.start(WildFlyServer.Settings.ofBuild(home, database, "512m").with(more));
  }

  /** A client of the server that was started last. */
  PlatformClient client() {
    return client;
  }

  /** SIGKILL to the server. */
  void killServer() {
    server.kill();
  }

  /** SIGTERM to the server. */
  void stopServer() {
    server.stop();
  }

  void startServer() {
    server = newServer();
    client = new PlatformClient(server.url());
  }

  /** SIGKILL to PostgreSQL and its processes. */
  void killDatabase() {
    database.kill();
  }

  /** Starts PostgreSQL, and the server anew if another process has taken PostgreSQL's port. */
  void startDatabase() {
    String before = database.url();
    database = EmbeddedDatabase.start(home.resolve("postgresql"));
    if (!database.url().equals(before) && server.isRunning()) {
      killServer();
      startServer();
    }
  }

  /**
   * Starts PostgreSQL again if it has given up, as the system that runs it would: it does if its
   * disk is full when it recovers.
   */
  void keepDatabase() {
    if (!database.isRunning()) {
      killDatabase();
      startDatabase();
    }
  }

  /** The process id of PostgreSQL's first process. */
  long databasePid() {
    return database.pid();
  }

  Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }

  /** The first column of the first row; empty if there is none. */
  String answer(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return answer(connection, sql);
    }
  }

  static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  /** Whether a body is on disk that has arrived in part. */
  boolean holdsPartOfABody() throws IOException {
    Path payloads = home.resolve("data").resolve("payloads");
    if (!Files.isDirectory(payloads)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(payloads, "*.part")) {
      for (Path file : files) {
        if (Files.size(file) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The end of the server's log, for whoever reads of a failure. */
  String lastLines() {
    return server.lastLines();
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
