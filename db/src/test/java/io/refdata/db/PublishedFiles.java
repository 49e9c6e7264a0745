package io.refdata.db;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files as their publishers have them: short extracts, or the whole files of the directory that
 * {@code -Drefdata.data=DIR} names.
 */
public final class PublishedFiles {
  private static final @Nullable String WHOLE = System.getProperty("refdata.data");

  private PublishedFiles() {}

  /** Whether a directory of whole files is named. */
  public static boolean areWhole() {
    return WHOLE != null;
  }

  /**
   * The file of that name. A test is skipped if the directory of whole files lacks it, or if no
   * directory is named and there is no extract.
   */
  public static Path path(String name) throws IOException {
    if (WHOLE != null) {
      Path file = Path.of(WHOLE).resolve(name);
      assumeTrue(Files.exists(file), () -> file + " is absent");
      return file;
    }
    try (InputStream extract = PublishedFiles.class.getResourceAsStream("/published/" + name)) {
      assumeTrue(
          extract != null,
          () -> "there is no extract of " + name + "; -Drefdata.data=DIR names the whole files");
      Path copy = Files.createTempFile("published-", "-" + name);
      copy.toFile().deleteOnExit();
      Files.copy(Objects.requireNonNull(extract), copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    }
  }
}
