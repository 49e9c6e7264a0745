package io.refdata.perf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.FreePort;
import io.refdata.perf.rival.VertxServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The rival, {@link VertxServer}, in a process of its own, on the platform's database. */
final class Rival implements AutoCloseable {
  /** For each event loop: one keeps a core of PostgreSQL busy, since its requests are pipelined. */
  private static final int CONNECTIONS = 1;

  /**
   * A session of its own, as the platform has: Linux shares the processor between sessions first.
   */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final int STOP_SECONDS = 10;

  /** As in Vert.x' own benchmarks: without checks that only find faults of programs. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx1g",
          "-XX:+UseParallelGC",
          "-Dvertx.disableMetrics=true",
          "-Dvertx.disableH2c=true",
          "-Dvertx.disableWebsockets=true",
          "-Dvertx.threadChecks=false",
          "-Dvertx.disableContextTimings=true",
          "-Dvertx.disableTCCL=true",
          "-Dvertx.disableHttpHeadersValidation=true",
          "-Dio.netty.buffer.checkBounds=false",
          "-Dio.netty.buffer.checkAccessible=false");

  private final Process process;
  private final int port;

  private Rival(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the rival.
   *
   * @param dataset the id of the dataset whose series it gives
   * @param log a file for what it says of failures
   */
  static Rival start(EmbeddedDatabase database, int dataset, Path log) throws IOException {
    int port = FreePort.any();
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.add(VertxServer.class.getName());
    command.add(configuration(database, dataset, port).toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log.toFile()));
    builder.environment().put("CLASSPATH", absoluteClassPath());
    Rival rival = new Rival(builder.start(), port);
    rival.awaitReady(log);
    return rival;
  }

  private static ObjectNode configuration(EmbeddedDatabase database, int dataset, int port) {
    URI address = URI.create(database.url().substring("jdbc:".length()));
    return new JsonMapper()
        .createObjectNode()
        .put("port", port)
        .put("connections", CONNECTIONS)
        .put("host", address.getHost())
        .put("databasePort", address.getPort())
        .put("database", address.getPath().substring(1))
        .put("user", database.user())
        .put("password", database.password())
        .put("dataset", dataset);
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry :
        List.of(System.getProperty("java.class.path", "").split(File.pathSeparator))) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private void awaitReady(Path log) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    // Libraries on the class path may say something first.
    List<String> lines = new ArrayList<>();
    String line = output.readLine();
    while (line != null && !line.equals(VertxServer.READY)) {
      lines.add(line);
      line = output.readLine();
    }
    if (line == null) {
      close();
      throw new IllegalStateException("The rival: " + lines + "\n" + Files.readString(log));
    }
  }

  /** The same address as the platform's. */
  URI api(String path) {
    return URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
  }

  /** Ends its input, which ends it. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
