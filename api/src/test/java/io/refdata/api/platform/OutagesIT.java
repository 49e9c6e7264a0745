package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Items, pushes and loads are written while the database fails in one way after the other. The
 * server is not started again, and what it has acknowledged must be found. {@link RandomOutagesIT}
 * does that again and again. {@code mvn -Pcrash verify} lets each failure and the calm after it
 * last longer.
 */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class OutagesIT {
  private static final Duration CALM =
      Duration.ofSeconds(1 + Math.min(20, Integer.getInteger("crash.rounds", 0)));

  @TempDir static Path home;

  private static SmallDisk disk;
  private static KillablePlatform platform;

  @BeforeAll
  static void start() throws Exception {
    disk = new SmallDisk(home.resolve("postgresql"), "600m");
    platform = new KillablePlatform(home);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
    disk.close();
  }

  @ParameterizedTest
  @EnumSource(names = "SERVER_.*", mode = EnumSource.Mode.MATCH_NONE)
  void whatIsAcknowledgedIsFound(Outage outage) throws Exception {
    assumeTrue(outage != Outage.FULL_DISK || disk.isMade(), "a small disk can't be made here");
    Writers writers = new Writers(platform, outage.name());
    Readers readers = new Readers(platform, writers);
    try {
      writers.awaitMore(outage.name());
      outage.strike(platform, disk.ballast(), outage.usual());
      writers.awaitMore(outage.name());
      LockSupport.parkNanos(CALM.toNanos());
    } finally {
      readers.stop();
      writers.stop();
    }
    Found found = Found.of(writers, platform.client());
    System.out.printf(
        "%s: %s; not acknowledged: %d; reads answered: %d, refused: %d%n",
        outage, found.besides(writers), writers.refused(), readers.answered(), readers.refused());
    assertThat(found.wrong()).as("%s%n%s", outage, platform.lastLines()).isEmpty();
    assertThat(readers.wrong()).as(outage.name()).isEmpty();
  }
}
