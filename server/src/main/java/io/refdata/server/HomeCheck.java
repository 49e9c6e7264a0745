package io.refdata.server;

import io.refdata.server.Health.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** Checks that files can be written below {@code refdata.home}. */
final class HomeCheck {
  private static final Logger LOG = Logger.getLogger(HomeCheck.class);

  private final Path home;
  private final Health health;

  HomeCheck(Path home, Health health) {
    this.home = home;
    this.health = health;
  }

  void look() {
    try {
      write(home);
      health.up(Part.HOME);
    } catch (IOException e) {
      if (health.reason(Part.HOME).isEmpty()) {
        LOG.warnf("No file can be written below refdata.home=%s: %s", home, e);
      }
      health.down(Part.HOME, "no file can be written below refdata.home");
    }
  }

  /** Creates the directory if it does not exist, and a file in it that is deleted again. */
  static void write(Path home) throws IOException {
    Files.createDirectories(home);
    Files.delete(Files.createTempFile(home, ".health", null));
  }
}
