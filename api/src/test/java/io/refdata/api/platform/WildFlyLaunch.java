package io.refdata.api.platform;

import io.refdata.api.platform.WildFlyServer.Settings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The files that a WildFly needs to start, and the command that starts it. */
final class WildFlyLaunch {
  /**
   * Where there is one, a session of its own keeps a terminal's Ctrl-C from the server: who started
   * it decides when it ends. It replaces itself by the server, so the process id stays the same.
   */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final int SMALL_HEAP_MIB = 512;

  private WildFlyLaunch() {}

  /** The process of a server, whose base directory is made anew. */
  static Process of(Settings settings) {
    var archive = ClassArchive.of(settings.home());
    return of(
        settings,
        Files.isReadable(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of());
  }

  /** The process of a server that writes an archive of its classes as it ends. */
  static Process archiving(Settings settings, Path archive) {
    return of(settings, List.of("-XX:ArchiveClassesAtExit=" + archive));
  }

  private static Process of(Settings settings, List<String> options) {
    prepare(settings);
    return launch(settings, options);
  }

  /** A base directory with the provisioned configuration and the WAR in it. */
  private static void prepare(Settings settings) {
    var provisioned = settings.home().resolve("standalone/configuration");
    if (!Files.isRegularFile(provisioned.resolve("standalone.xml"))) {
      throw new StartFailed(
          "No server is provisioned in %s: run mvn package first".formatted(settings.home()));
    }
    try {
      var base = settings.base();
      for (var renewed : List.of("configuration", "deployments", "tmp")) {
        delete(base.resolve(renewed));
      }
      copy(provisioned, base.resolve("configuration"));
      var deployments = Files.createDirectories(base.resolve("deployments"));
      Files.copy(settings.war(), deployments.resolve(settings.war().getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Settings settings, List<String> options) {
    try {
      var log = settings.base().resolve("wildfly.log");
      if (Files.exists(log)) {
        // The log from before a crash is read after it.
        Files.move(
            log,
            settings.base().resolve("wildfly.previous.log"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      return new ProcessBuilder(command(settings, options))
          .directory(settings.base().toFile())
          .redirectInput(ProcessBuilder.Redirect.from(devNull()))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new StartFailed("WildFly could not be started: " + e.getMessage(), e);
    }
  }

  /**
   * The command that {@code standalone.sh} would run, without the shell in between: the child is
   * the server.
   */
  private static List<String> command(Settings settings, List<String> options) {
    var home = settings.home();
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var command = new ArrayList<String>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(java.toString());
    command.addAll(options);
    if (isSmall(settings.heap())) {
      command.add("-XX:+UseSerialGC");
    }
    if (settings.brief()) {
      // Compiling for speed takes more time than such a test has.
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(
        List.of(
            "-D[Standalone]",
            "-Xms256m",
            "-Xmx" + settings.heap(),
            "-XX:MetaspaceSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.net.preferIPv4Stack=true",
            "-Djava.awt.headless=true",
            "-Djboss.modules.system.pkgs=org.jboss.byteman",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED"));
    var properties = new LinkedHashMap<>(settings.properties());
    properties.put("jboss.home.dir", home.toString());
    properties.put("jboss.server.base.dir", settings.base().toString());
    properties.put("org.jboss.boot.log.file", settings.base().resolve("log/boot.log").toString());
    properties.put(
        "logging.configuration",
        settings.base().resolve("configuration/logging.properties").toUri().toString());
    properties.put("refdata.http.port", Integer.toString(settings.httpPort()));
    properties.put("jboss.management.http.port", Integer.toString(settings.managementPort()));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(
        List.of(
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone"));
    return command;
  }

  /**
   * Whether a heap is so small that G1 has few regions: a large array may then find no room among
   * them, although there is enough in all.
   */
  private static boolean isSmall(String heap) {
    return heap.endsWith("m")
        && Integer.parseInt(heap.substring(0, heap.length() - 1)) < SMALL_HEAP_MIB;
  }

  private static File devNull() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return new File(windows ? "NUL" : "/dev/null");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
