package io.refdata.perf.sabotage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of the built application with one more class. */
public final class SabotagedWar {
  private SabotagedWar() {}

  /**
   * Copies the application and adds a class.
   *
   * @param directory the target; the file keeps its name, because the server takes its path from it
   */
  public static Path write(Path war, Path directory, Class<?> more) throws IOException {
    Path copy = Files.copy(war, Files.createDirectories(directory).resolve(war.getFileName()));
    String file = more.getName().replace('.', '/') + ".class";
    try (FileSystem content = FileSystems.newFileSystem(copy);
        InputStream in = more.getClassLoader().getResourceAsStream(file)) {
      Path target = content.getPath("WEB-INF/classes", file);
      Files.createDirectories(target.getParent());
      Files.copy(in, target);
    }
    return copy;
  }
}
