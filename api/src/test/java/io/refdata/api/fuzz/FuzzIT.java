package io.refdata.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of requests made from the API's own description, on a platform of their own: no answer
 * is a fault of the server, none is other than described, none takes more than two seconds. {@code
 * mvn -Pfuzz verify} sends twenty times as many; {@code -Dfuzz.requests=} says how many at most,
 * {@code -Dfuzz.seconds=} for how long at most, {@code -Dfuzz.seed=} which, {@code -Dfuzz.only=}
 * repeats the one of a number, {@code -Dfuzz.tokens=} names a directory with tokens of the server.
 */
class FuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", 1).longValue();
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 10_000).intValue();
  private static final int ONLY = Integer.getInteger("fuzz.only", 0).intValue();
  private static final Duration MOST =
      Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 180).intValue());

  @TempDir static Path home;

  @Test
  void everyAnswerIsOneThatTheDescriptionAllows() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("postgresql"));
        WildFlyServer server = start(database)) {
      Findings findings =
          Fuzzing.run(server.url(), callers(), SEED, REQUESTS, ONLY, MOST, System.out);
      assertThat(findings.toString()).as("seed %d", SEED).isEmpty();
    }
  }

  /** Those of {@code -Dfuzz.tokens=DIR}, the tokens of the server's issuer. */
  private static Callers callers() throws IOException {
    String directory = System.getProperty("fuzz.tokens", "");
    return directory.isEmpty() ? Callers.nobody() : Callers.in(Path.of(directory));
  }

  private static WildFlyServer start(EmbeddedDatabase database) {
    return WildFlyServer.start(WildFlyServer.Settings.ofBuild(home, database, "512m"));
  }
}
