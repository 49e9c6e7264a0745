package io.refdata.persistence.load;

import io.refdata.domain.load.Load;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The files of loads, unchanged, below {@code refdata.home}. */
@ApplicationScoped
public class Payloads {
  private static final String UNFINISHED = ".part";

  private final Path directory;

  public Payloads() {
    this(Path.of(Setting.HOME.text()));
  }

  /**
   * @param home the directory of the platform's files
   */
  public Payloads(Path home) {
    directory = home.resolve("payloads");
  }

  /** Begins a new file. */
  public ArrivingPayload arriving() {
    String path = UUID.randomUUID().toString();
    return new ArrivingPayload(directory.resolve(path + UNFINISHED), directory.resolve(path));
  }

  public Path path(Load.File file) {
    return path(file.path());
  }

  /** The file of a path below the directory of payloads. */
  public Path path(String path) {
    return directory.resolve(path);
  }

  /**
   * The paths of the files that were last written before an instant, without those that are still
   * arriving.
   */
  public List<String> writtenBefore(Instant instant) throws IOException {
    List<String> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (var files = Files.newDirectoryStream(directory, file -> !isUnfinished(file))) {
        for (Path file : files) {
          if (Files.isRegularFile(file)
              && Files.getLastModifiedTime(file).toInstant().isBefore(instant)) {
            found.add(String.valueOf(file.getFileName()));
          }
        }
      }
    }
    return found;
  }

  /** Removes a file; it may be gone already. */
  public void remove(String path) throws IOException {
    Files.deleteIfExists(path(path));
  }

  private static boolean isUnfinished(Path file) {
    return file.toString().endsWith(UNFINISHED);
  }

  /** Removes files that were unfinished when the server died. */
  public void removeUnfinished() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var files = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
