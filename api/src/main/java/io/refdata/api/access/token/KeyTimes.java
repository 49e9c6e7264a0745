package io.refdata.api.access.token;

import io.refdata.settings.Setting;
import java.time.Duration;

/**
 * When keys are fetched, and for how long they are used.
 *
 * @param refresh time from a fetch to the next one
 * @param retry the same after a fetch that failed
 * @param kept age from which on they are not used
 * @param unknownEvery how often a fetch is asked for by unknown keys, at most
 * @param patience how long a token waits for such a fetch
 * @param waiting tokens that wait at a time, if it takes long
 */
record KeyTimes(
    Duration refresh,
    Duration retry,
    Duration kept,
    Duration unknownEvery,
    Duration patience,
    int waiting) {
  static KeyTimes ofSettings() {
    return new KeyTimes(
        Setting.ACCESS_KEYS_REFRESH.time(),
        Setting.ACCESS_KEYS_RETRY.time(),
        Setting.ACCESS_KEYS_KEPT.time(),
        Setting.ACCESS_KEYS_UNKNOWN_EVERY.time(),
        Setting.ACCESS_KEYS_WAIT.time(),
        (int) Setting.ACCESS_KEYS_WAITING.number());
  }
}
