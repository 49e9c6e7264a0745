package io.refdata.persistence.index.trial;

import io.refdata.settings.Setting;
import java.time.Duration;

/**
 * By what a trial is judged, and how long it waits.
 *
 * @param calls calls of the statements after which it is judged
 * @param time time after which a trial with fewer calls is left to the operator
 * @param kept the share of the promised gain that must be measured
 * @param buildWait how long a build waits for transactions of others
 * @param lockWait how long the adoption waits for a lock, and others behind it
 */
public record TrialRules(
    long calls, Duration time, double kept, Duration buildWait, Duration lockWait) {

  /** The rules that the settings {@code refdata.indexes.*} give. */
  public static TrialRules ofSettings() {
    return new TrialRules(
        Setting.INDEXES_TRIAL_CALLS.number(),
        Setting.INDEXES_TRIAL_TIME.time(),
        Setting.INDEXES_TRIAL_KEPT.number() / 100.0,
        Setting.INDEXES_BUILD_WAIT.time(),
        Duration.ofMillis(Setting.INDEXES_LOCK_WAIT.number()));
  }
}
