package io.refdata.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.reverseOrder;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The data directory of a server, with its port and its password. */
record DataDirectory(Path path) {
  private static final String PID_FILE = "postmaster.pid";
  private static final String ACCESS_FILE = "refdata.properties";
  private static final int LAST_LINES = 20;

  /** The port and the password of a server. */
  record Access(String password, int port) {}

  /**
   * The port and password of the last start, with another port if that is no longer free; new ones
   * at the first start.
   */
  Access access() throws IOException {
    Properties kept = new Properties();
    Path file = path.resolve(ACCESS_FILE);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
        kept.load(reader);
      }
    }
    return new Access(
        kept.getProperty("password", newPassword()),
        port(Integer.parseInt(kept.getProperty("port", "0"))));
  }

  private static int port(int preferred) {
    return preferred > 0 && FreePort.isFree(preferred) ? preferred : FreePort.any();
  }

  private static String newPassword() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Stores them for the next start. */
  void keep(Access access) {
    Properties properties = new Properties();
    properties.setProperty("password", access.password());
    properties.setProperty("port", Integer.toString(access.port()));
    try (Writer writer = Files.newBufferedWriter(path.resolve(ACCESS_FILE), UTF_8)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process id of the server that runs on the directory, or that crashed. */
  Optional<Long> postmaster() {
    try (Stream<String> lines = Files.lines(path.resolve(PID_FILE))) {
      return lines.findFirst().map(Long::valueOf);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends a server that was left behind. A killed JVM leaves its server running; a crashed machine
   * leaves a pid file whose number may belong to any process by now. In both cases the library
   * would wait for nothing.
   *
   * @throws IllegalStateException if another process runs a server on the directory
   */
  void endOrphan() throws IOException {
    Optional<Long> recorded = postmaster();
    if (recorded.isEmpty()) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                path.resolve("epg-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse();
      }
      killPostmaster();
      Files.deleteIfExists(path.resolve(PID_FILE));
    } catch (OverlappingFileLockException e) {
      throw inUse();
    }
  }

  /** Kills the PostgreSQL that runs on the directory, if one does. */
  void killPostmaster() {
    postmaster()
        .flatMap(ProcessHandle::of)
        .filter(Postmaster::isPostgres)
        .ifPresent(Postmaster::kill);
  }

  /** The last lines of the server's own log; empty if it has written none. */
  String lastLines() {
    try (Stream<Path> logs = Files.list(path.resolve("log"))) {
      Optional<Path> latest = logs.max(Comparator.comparing(log -> log.toFile().lastModified()));
      if (latest.isEmpty()) {
        return "";
      }
      List<String> lines = Files.readAllLines(latest.get(), UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IllegalStateException inUse() {
    return new IllegalStateException("another process runs PostgreSQL on " + path);
  }

  /** Deletes the directory with its contents, if it exists. */
  void remove() {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (NoSuchFileException gone) {
      // Closed before.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
