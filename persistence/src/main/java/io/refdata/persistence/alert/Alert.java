package io.refdata.persistence.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs, or needed, the attention of an operator.
 *
 * @param value the last one, in the unit of the rule
 * @param reason a plain sentence
 * @param look the address that shows more, from the root of the server
 * @param labels what it is about, without its rule and its severity
 * @param opened when it opened, after the time that a rule waits
 * @param closed null while it is open
 * @param seen when the rule was looked at last
 */
public record Alert(
    UUID id,
    String rule,
    Severity severity,
    Map<String, String> labels,
    double value,
    String reason,
    String look,
    Instant opened,
    @Nullable Instant closed,
    Instant seen) {
  /** The label with the node that has found it. */
  public static final String NODE = "node";

  /** The label with the rule, as receivers know it. */
  public static final String RULE = "alertname";

  public static final String SEVERITY = "severity";

  /** All labels, as silences match them and receivers get them. */
  public Map<String, String> allLabels() {
    return allLabels(rule, severity, labels);
  }

  static Map<String, String> allLabels(String rule, Severity severity, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put(RULE, rule);
    all.put(SEVERITY, severity.name().toLowerCase(Locale.ROOT));
    return all;
  }

  /** The hash of the rule and the labels, not of the severity: equal alerts have the same. */
  public String fingerprint() {
    return fingerprint(rule, labels);
  }

  static String fingerprint(String rule, Map<String, String> labels) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((rule + new TreeMap<>(labels)).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same with another severity, as receivers were told it before. */
  Alert as(Severity other) {
    return new Alert(id, rule, other, labels, value, reason, look, opened, closed, seen);
  }

  /** The same with another reason. */
  Alert because(String other) {
    return new Alert(id, rule, severity, labels, value, other, look, opened, closed, seen);
  }
}
