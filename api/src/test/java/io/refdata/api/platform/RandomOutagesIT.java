package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outages of {@link OutagesIT}, again and again: a fault drawn by chance strikes, and a round
 * ends when each kind of write has been acknowledged again. The server is killed or told to end in
 * a few rounds. Every fifty rounds, and once more at the end, all that was acknowledged is looked
 * for. {@code mvn -Pcrash verify} runs it; {@code -Dcrash.rounds=} says how often, {@code
 * -Dcrash.seed=} draws the same faults again.
 */
@EnabledIfSystemProperty(named = "crash.rounds", matches = "[1-9]\\d*")
@Tag("own-platform")
class RandomOutagesIT {
  private static final long SEED =
      Long.getLong("crash.seed", System.nanoTime() & 0xFFFF_FFFFL).longValue();
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 0).intValue();
  private static final int STRETCH = 50;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<Outage, Tally> tallies = new EnumMap<>(Outage.class);
  private final List<Writers> writersBefore = new ArrayList<>();

  @Test
  void whatIsAcknowledgedIsFound(@TempDir Path home) throws Exception {
    System.out.printf("crash.seed=%d, %d rounds%n", SEED, ROUNDS);
    // The loads are not to blame for so many ends of the server.
    Map<String, String> settings = Map.of("refdata.load.crashes", "1000");
    try (SmallDisk disk = new SmallDisk(home.resolve("postgresql"), "1500m");
        KillablePlatform platform = new KillablePlatform(home, settings)) {
      for (int first = 1; first <= ROUNDS; first += STRETCH) {
        stretch(platform, disk, first, Math.min(ROUNDS, first + STRETCH - 1));
      }
      for (Writers writers : writersBefore) {
        check(writers, platform);
      }
      tallies.forEach((outage, tally) -> System.out.printf("%s: %s%n", outage, tally));
    }
  }

  private void stretch(KillablePlatform platform, SmallDisk disk, int first, int last)
      throws Exception {
    Writers writers = new Writers(platform, "FROM_" + first);
    Readers readers = new Readers(platform, writers);
    try {
      writers.awaitMore("round " + first);
      for (int number = first; number <= last; number++) {
        round(platform, disk, number, writers, readers);
      }
    } finally {
      readers.stop();
      writers.stop();
    }
    Found found = check(writers, platform);
    System.out.printf(
        "rounds %d to %d: %s; not acknowledged: %d; reads answered: %d, refused: %d;"
            + " MiB left on the disk: %d%n",
        first,
        last,
        found.besides(writers),
        writers.refused(),
        readers.answered(),
        readers.refused(),
        disk.left());
    assertThat(readers.wrong()).as("seed %d, rounds from %d", SEED, first).isEmpty();
    writersBefore.add(writers);
  }

  private static Found check(Writers writers, KillablePlatform platform) throws Exception {
    Found found = Found.of(writers, platform.client());
    assertThat(found.wrong())
        .as("seed %d, %s%n%s", SEED, writers.pushed(), platform.lastLines())
        .isEmpty();
    return found;
  }

  private void round(
      KillablePlatform platform, SmallDisk disk, int number, Writers writers, Readers readers)
      throws Exception {
    Outage outage = drawn(disk);
    Duration length = length(outage);
    int refused = writers.refused();
    int readsRefused = readers.refused();
    int answered = readers.answered();
    Instant begin = Instant.now();
    outage.strike(platform, disk.ballast(), length);
    Instant end = Instant.now();
    int answeredMeanwhile = readers.answered() - answered;
    String what =
        "seed %d, round %d: %s for %d ms".formatted(SEED, number, outage, length.toMillis());
    writers.awaitMore(what);
    Duration recovery = Duration.between(end, Instant.now());
    System.out.printf("%s, written again after %d ms%n", what, recovery.toMillis());
    tallies
        .computeIfAbsent(outage, any -> new Tally())
        .add(
            Duration.between(begin, end),
            recovery,
            writers.refused() - refused,
            answeredMeanwhile,
            readers.refused() - readsRefused);
  }

  /** The usual faults often, and those that take long in a few rounds. */
  private Outage drawn(SmallDisk disk) {
    int chance = random.nextInt(100);
    if (chance < 42) {
      return Outage.CUT_CONNECTIONS;
    } else if (chance < 74) {
      return Outage.KILLED;
    } else if (chance < 94 || !disk.isMade()) {
      return Outage.STANDSTILL;
    } else if (chance < 97) {
      return Outage.FULL_DISK;
    }
    return chance < 98 ? Outage.SERVER_TOLD_TO_END : Outage.SERVER_KILLED;
  }

  private Duration length(Outage outage) {
    int most =
        switch (outage) {
          case CUT_CONNECTIONS, STANDSTILL -> 1_000;
          case FULL_DISK -> 8_000;
          default -> 500;
        };
    boolean asLongAsItMay = outage == Outage.STANDSTILL && random.nextInt(100) == 0;
    return asLongAsItMay ? Duration.ofSeconds(30) : Duration.ofMillis(1 + random.nextInt(most));
  }
}
