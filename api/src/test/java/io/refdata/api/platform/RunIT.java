package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvn -Prun} as a process. */
@Tag("own-platform")
class RunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Test
  void whatEndsByItselfComesBack(@TempDir Path home) throws Exception {
    int port = FreePort.any();
    Path output = home.resolve("output");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Drefdata.home=" + home.resolve("run"),
                "-Drefdata.http.port=" + port,
                "-Drefdata.management.port=" + FreePort.any(),
                "-Drefdata.heap=512m",
                "-Drefdata.tokens=" + home.resolve("tokens"),
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      await(() -> says(output, "Ctrl-C ends both servers"));
      assertThat(home.resolve("tokens/all.jwt"))
          .content()
          .matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\n");
      assertThat(says(output, home.resolve("tokens") + "/<role>.jwt")).isTrue();
      Path pid = home.resolve("run/postgresql/postmaster.pid");
      ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0)))
          .orElseThrow()
          .destroyForcibly();
      await(() -> says(output, "PostgreSQL is back"));
      await(() -> isReady(port));
      run.descendants()
          .filter(process -> process.info().commandLine().orElse("").contains("jboss-modules.jar"))
          .forEach(ProcessHandle::destroyForcibly);
      await(() -> says(output, "WildFly is back"));
      assertThat(isReady(port)).isTrue();
    } finally {
      run.destroy();
      assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(says(output, "Stopped.")).isTrue();
  }

  private static boolean says(Path output, String words) {
    try {
      return Files.readString(output).contains(words);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isReady(int port) {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await().atMost(PATIENCE).until(condition::getAsBoolean);
  }
}
