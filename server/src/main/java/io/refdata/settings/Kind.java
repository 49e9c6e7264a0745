package io.refdata.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;

/**
 * What may stand as the value of a setting.
 *
 * @param words which say so, after "must be"
 * @param fits whether a value is one of them
 * @param shown whether a wrong value may be shown in a log
 */
record Kind(String words, Predicate<String> fits, boolean shown) {
  /** From the least to the greatest, both included. */
  static Kind whole(long least, long greatest) {
    return new Kind(
        "a whole number from " + least + " to " + greatest,
        value -> {
          try {
            long number = Long.parseLong(value);
            return number >= least && number <= greatest;
          } catch (NumberFormatException e) {
            return false;
          }
        },
        true);
  }

  /** As ISO 8601 writes them, more than none. */
  static Kind duration() {
    return new Kind(
        "a duration like PT1H",
        value -> {
          try {
            return Duration.parse(value).compareTo(Duration.ZERO) > 0;
          } catch (DateTimeParseException e) {
            return false;
          }
        },
        true);
  }

  static Kind flag() {
    return new Kind("true or false", value -> value.equals("true") || value.equals("false"), true);
  }

  static Kind filled() {
    return new Kind("a name", value -> !value.isBlank(), true);
  }

  static Kind directory() {
    return new Kind("a directory", value -> !value.isBlank(), true);
  }

  static Kind secret() {
    return new Kind("a text", value -> true, false);
  }

  /** It may hold a password. */
  static Kind databaseUrl() {
    return new Kind(
        "an address like jdbc:postgresql://host:5432/database",
        value -> value.startsWith("jdbc:postgresql:") && !value.contains(" "),
        false);
  }
}
