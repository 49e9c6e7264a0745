package io.refdata.api.platform;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes the archive of loaded classes that lets every later start of the provisioned server take
 * less time: the server is started once, is used a little, and ends. Nothing is done if there is
 * one. A JVM that cannot use it, such as another JDK's, starts without it.
 *
 * <p>System property: {@code refdata.module} (the directory of the module {@code api}).
 */
public final class ClassArchive {
  private static final String NAME = "refdata.jsa";
  private static final long MEBIBYTE = 1 << 20;

  /** Writing takes as long as a start. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private ClassArchive() {}

  /** Where the archive of a server is, if there is one. */
  static Path of(Path home) {
    return home.resolve(NAME);
  }

  /** Makes it. */
  public static void main(String[] arguments) throws Exception {
    Path target =
        Path.of(System.getProperty("refdata.module", "")).toAbsolutePath().resolve("target");
    Path archive = of(target.resolve("server"));
    if (Files.exists(archive)) {
      return;
    }
    Instant began = Instant.now();
    // Only a whole archive gets the name.
    Path written = archive.resolveSibling(NAME + ".new");
    Files.deleteIfExists(written);
    try (EmbeddedDatabase database = EmbeddedDatabase.startTemporary()) {
      Migrations.migrate(database.dataSource());
      WildFlyServer server =
          WildFlyServer.startArchiving(
              WildFlyServer.Settings.ofBuild(target, target.resolve("archiving"), database, "512m"),
              written);
      try {
        use(new PlatformClient(server.url()));
      } finally {
        server.end(PATIENCE);
      }
    }
    Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
    System.out.printf(
        "An archive of classes for quicker starts: %s, %d MiB, made in %d s%n",
        archive,
        Files.size(archive) / MEBIBYTE,
        Duration.between(began, Instant.now()).toSeconds());
  }

  /** Something of each kind, so that its classes are loaded. */
  private static void use(PlatformClient client) throws IOException, InterruptedException {
    client.create("indicators/archived", "{\"name\": \"Archived\"}");
    client.yearly("ARCHIVED", "region=regions", "indicator=indicators");
    client.load(
        "into=datasets/ARCHIVED",
        BodyPublishers.ofString("region,indicator,time,value\nFRA,archived,2020,1\n"));
    client.push(
        "ARCHIVED",
        "[{\"region\": \"DEU\", \"indicator\": \"archived\", \"time\": \"2020\", \"value\": 1}]");
    client.get("regions/FRA");
    client.get("regions?limit=3&sort=-name");
    client.get("datasets/ARCHIVED/observations");
    client.text("datasets/ARCHIVED/observations", "text/csv");
  }
}
