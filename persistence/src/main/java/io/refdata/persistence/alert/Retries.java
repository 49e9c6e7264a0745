package io.refdata.persistence.alert;

import io.refdata.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a delivery that failed is sent again.
 *
 * @param attempts how often it is sent at most
 * @param first the pause after the first time; each is twice as long as the one before
 * @param longest the longest pause
 * @param age from which on it is not sent any more
 * @param sending how long one attempt may take
 */
public record Retries(
    int attempts, Duration first, Duration longest, Duration age, Duration sending) {
  private static final int MOST_DOUBLINGS = 30;

  /** More than the waits of an attempt, to record what came of it. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  /** Those of the settings. */
  public static Retries ofSettings() {
    return new Retries(
        (int) Setting.ALERTS_ATTEMPTS.number(),
        Setting.ALERTS_RETRY_FIRST.time(),
        Setting.ALERTS_RETRY_LONGEST.time(),
        Setting.ALERTS_RETRY_KEPT.time(),
        Setting.ALERTS_CONNECT_WAIT.time().plus(Setting.ALERTS_ANSWER_WAIT.time()).plus(MARGIN));
  }

  /** True if a delivery that failed is not sent again. */
  public boolean areOver(Delivery delivery, Instant now) {
    return delivery.attempts() >= attempts || !now.isBefore(delivery.created().plus(age));
  }

  /** The pause after an attempt, less up to half of it by chance: so senders do not go in step. */
  public Duration pause(int attempt) {
    long doubled = first.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
    long most = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }
}
