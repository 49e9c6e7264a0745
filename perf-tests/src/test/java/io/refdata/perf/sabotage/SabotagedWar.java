package io.refdata.perf.sabotage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** The application as it is built, but with a class more. */
public final class SabotagedWar {
  private SabotagedWar() {}

  /**
   * Copies it.
   *
   * @param directory where to; the file's name stays, since the server takes its address from it
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
