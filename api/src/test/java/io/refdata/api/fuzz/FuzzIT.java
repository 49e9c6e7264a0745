package io.refdata.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.DevelopmentIssuer;
import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of requests made from the API's own description, on a platform of their own that asks
 * for tokens: no answer is a fault of the server, none is other than described, none takes more
 * than two seconds, none is given to a stranger. {@code mvn -Pfuzz verify} sends twenty times as
 * many; {@code -Dfuzz.requests=} says how many at most, {@code -Dfuzz.seconds=} for how long at
 * most, {@code -Dfuzz.seed=} which, {@code -Dfuzz.only=} repeats the one of a number.
 */
@Tag("own-platform")
class FuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", 1).longValue();
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 10_000).intValue();
  private static final int MANY = 50_000;
  private static final int ONLY = Integer.getInteger("fuzz.only", 0).intValue();
  private static final Duration MOST =
      Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 180).intValue());

  @TempDir static Path home;

  @Test
  void everyAnswerIsOneThatTheDescriptionAllows() throws Exception {
    DevelopmentIssuer issuer = DevelopmentIssuer.in(home);
    Callers callers = Callers.of(issuer);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("postgresql"));
        WildFlyServer server = start(database, issuer)) {
      Findings findings =
          Fuzzing.run(server.url(), callers, SEED, REQUESTS, ONLY, MOST, System.out);
      assertThat(findings.toString()).as("seed %d", SEED).isEmpty();
    }
  }

  private static WildFlyServer start(EmbeddedDatabase database, DevelopmentIssuer issuer) {
    Map<String, String> settings = new HashMap<>(issuer.settings());
    settings.put("refdata.access.anybody", "");
    WildFlyServer.Settings brief =
        WildFlyServer.Settings.ofBuild(home, database, "512m").with(settings);
    return WildFlyServer.start(REQUESTS > MANY ? brief.lasting() : brief);
  }
}
