package io.refdata.persistence.load;

import io.refdata.domain.load.Load;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    return directory.resolve(file.path());
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
