package io.refdata.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A kind of values of settings.
 *
 * @param words a description that follows "must be"
 * @param fits true for a value of this kind
 * @param shown true if a wrong value may be shown in a log
 */
record Kind(String words, Predicate<String> fits, boolean shown) {
  private static final int MOST_ADDRESSES = 20;
  private static final String SECRET_PREFIX = "whsec_";

  /** A whole number from the least to the greatest, both included. */
  static Kind wholeNumber(long least, long greatest) {
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

  /** A number of bytes, or a share of the largest heap, like {@code 8%}. */
  static Kind bytesOrShare() {
    Predicate<String> bytes = wholeNumber(0, 1L << 40).fits();
    Predicate<String> percent = wholeNumber(0, 100).fits();
    return new Kind(
        "a number of bytes, or a share of the heap like 8%",
        value ->
            value.endsWith("%")
                ? percent.test(value.substring(0, value.length() - 1))
                : bytes.test(value),
        true);
  }

  /** The bytes of a value of {@link #bytesOrShare}. */
  static long bytes(String value) {
    return value.endsWith("%")
        ? Runtime.getRuntime().maxMemory()
            / 100
            * Long.parseLong(value.substring(0, value.length() - 1))
        : Long.parseLong(value);
  }

  /** A duration in the form of ISO 8601, above zero. */
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

  /** A duration of at least a bound. */
  static Kind durationFrom(Duration shortest) {
    return new Kind(
        "a duration of at least " + shortest,
        value -> duration().fits().test(value) && Duration.parse(value).compareTo(shortest) >= 0,
        true);
  }

  /** A duration above zero, and not above a bound. */
  static Kind durationUpTo(Duration longest) {
    return new Kind(
        "a duration of at most " + longest,
        value -> duration().fits().test(value) && Duration.parse(value).compareTo(longest) <= 0,
        true);
  }

  /**
   * Addresses of HTTP, with commas between them, or none; they may hold a secret, so they are never
   * shown.
   */
  static Kind addresses() {
    return new Kind(
        "at most " + MOST_ADDRESSES + " different addresses like https://host/path",
        value -> value.isEmpty() || areAddresses(List.of(value.split(",", -1))),
        false);
  }

  /** An address of HTTP, or none. */
  static Kind addressOrNone() {
    return new Kind(
        "an address like https://host/path", value -> value.isEmpty() || isAddress(value), true);
  }

  /** An address of HTTP or of a file, or none. */
  static Kind addressOrFileOrNone() {
    return new Kind(
        "an address like https://host/path or file:///path",
        value -> addressOrNone().fits().test(value) || isFile(value),
        true);
  }

  private static boolean isFile(String value) {
    try {
      return value.startsWith("file:///") && Path.of(new URI(value)).isAbsolute();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return false;
    }
  }

  /** Some of these words, with commas between them. */
  static Kind listOf(String... words) {
    Set<String> known = Set.of(words);
    return new Kind(
        "some of " + String.join(",", words),
        value -> known.containsAll(List.of(value.split(",", -1))),
        true);
  }

  private static boolean areAddresses(List<String> values) {
    return values.size() <= MOST_ADDRESSES
        && Set.copyOf(values).size() == values.size()
        && values.stream().allMatch(Kind::isAddress);
  }

  private static boolean isAddress(String value) {
    try {
      URI address = new URI(value);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Origins of web pages (RFC 6454): a scheme, a host and perhaps a port; or none. */
  static Kind origins() {
    return new Kind(
        "origins like https://maps.example.org, with commas between them",
        value -> value.isEmpty() || areOrigins(List.of(value.split(",", -1))),
        true);
  }

  private static boolean areOrigins(List<String> values) {
    return areAddresses(values)
        && values.stream()
            .map(URI::create)
            .allMatch(origin -> origin.getRawPath().isEmpty() && origin.getRawQuery() == null);
  }

  /** A secret of Standard Webhooks, or none. */
  static Kind signingSecret() {
    return new Kind(
        "whsec_ and 24 to 64 bytes in base64",
        value -> value.isEmpty() || value.startsWith(SECRET_PREFIX) && isKey(value),
        false);
  }

  private static boolean isKey(String secret) {
    try {
      int bytes = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())).length;
      return bytes >= 24 && bytes <= 64;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Kind flag() {
    return new Kind("true or false", value -> value.equals("true") || value.equals("false"), true);
  }

  /** Some of these words, each once, with commas between them, or none. */
  static Kind someOf(List<String> words) {
    Set<String> known = Set.copyOf(words);
    return new Kind(
        "some of " + String.join(",", words),
        value -> value.isEmpty() || areDistinct(List.of(value.split(",", -1)), known::contains),
        true);
  }

  /** Names of lower-case letters and hyphens, each once, with commas between them, or none. */
  static Kind names() {
    return new Kind(
        "names with commas between them",
        value ->
            value.isEmpty()
                || areDistinct(
                    List.of(value.split(",", -1)),
                    name ->
                        !name.isEmpty()
                            && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '-')),
        true);
  }

  private static boolean areDistinct(List<String> values, Predicate<String> fits) {
    return values.stream().allMatch(fits) && Set.copyOf(values).size() == values.size();
  }

  /** The name of a file, or none. */
  static Kind file() {
    return new Kind("a file", value -> true, true);
  }

  static Kind filled() {
    return new Kind("a name", value -> !value.isBlank(), true);
  }

  static Kind nameOrNone() {
    return new Kind("a name, or none", value -> value.isEmpty() || !value.isBlank(), true);
  }

  static Kind directory() {
    return new Kind("a directory", value -> !value.isBlank(), true);
  }

  static Kind secret() {
    return new Kind("a text", value -> true, false);
  }

  /** A secret that cannot be guessed, of characters that a credential can have; or none. */
  static Kind longSecret() {
    return new Kind(
        "32 to 256 letters, digits and - . _ ~ + / =",
        value ->
            value.isEmpty()
                || value.length() >= 32
                    && value.length() <= 256
                    && value.chars().allMatch(Kind::isOfCredential),
        false);
  }

  /** Whether it is a character of {@code b64token} (RFC 6750, 2.1). */
  private static boolean isOfCredential(int character) {
    return character < 0x80
        && (Character.isLetterOrDigit(character) || "-._~+/=".indexOf(character) >= 0);
  }

  /** An address of a database; it may hold a password, so it is never shown. */
  static Kind databaseUrl() {
    return new Kind(
        "an address like jdbc:postgresql://host:5432/database",
        value -> value.startsWith("jdbc:postgresql:") && !value.contains(" "),
        false);
  }
}
