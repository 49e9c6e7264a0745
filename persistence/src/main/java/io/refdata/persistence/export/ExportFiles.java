package io.refdata.persistence.export;

import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The files of exports, below {@code refdata.home}. */
@ApplicationScoped
public class ExportFiles {
  private static final String UNFINISHED = ".part";

  private final Path directory;

  public ExportFiles() {
    this(Path.of(Setting.HOME.text()));
  }

  /**
   * @param home the directory of the platform's files
   */
  public ExportFiles(Path home) {
    directory = home.resolve("exports");
  }

  /** Begins a file that nobody can find before it is finished. */
  public UnfinishedExport begin(String path) throws IOException {
    Files.createDirectories(directory);
    return new UnfinishedExport(directory.resolve(path + UNFINISHED), directory.resolve(path));
  }

  public Path path(String path) {
    return directory.resolve(path);
  }

  /** Removes a file, finished or not; it may be gone already. */
  public void remove(String path) throws IOException {
    Files.deleteIfExists(directory.resolve(path));
    Files.deleteIfExists(directory.resolve(path + UNFINISHED));
  }

  /** The paths of the files, finished or not, that were last written before an instant. */
  List<String> writtenBefore(Instant instant) throws IOException {
    List<String> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (var files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          if (Files.isRegularFile(file)
              && Files.getLastModifiedTime(file).toInstant().isBefore(instant)) {
            String name = String.valueOf(file.getFileName());
            found.add(
                name.endsWith(UNFINISHED)
                    ? name.substring(0, name.length() - UNFINISHED.length())
                    : name);
          }
        }
      }
    }
    return found;
  }
}
