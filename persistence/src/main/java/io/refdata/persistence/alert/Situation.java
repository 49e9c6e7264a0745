package io.refdata.persistence.alert;

import io.refdata.settings.Setting;
import java.util.Map;
import java.util.TreeMap;

/**
 * The finding of a rule about one subject. It need not be bad: the bounds of the rule say.
 *
 * @param labels the subject, such as a dataset; none if the rule has one subject only
 * @param value in the unit of the rule
 * @param reason a plain sentence with the figures
 */
public record Situation(Map<String, String> labels, double value, String reason) {
  private static final int MOST_OF_REASON = (int) Setting.ALERTS_TEXT.number();
  private static final int MOST_OF_LABEL = 200;

  public Situation {
    Map<String, String> bounded = new TreeMap<>();
    labels.forEach((name, label) -> bounded.put(name, start(label, MOST_OF_LABEL)));
    labels = Map.copyOf(bounded);
    reason = start(reason, MOST_OF_REASON);
  }

  /** The same, seen by a node. */
  Situation on(String node) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(Alert.NODE, node);
    return new Situation(more, value, reason);
  }

  private static String start(String text, int most) {
    String plain = text.replace('\0', ' ');
    if (plain.length() <= most) {
      return plain;
    }
    int end = Character.isHighSurrogate(plain.charAt(most - 2)) ? most - 2 : most - 1;
    return plain.substring(0, end) + "…";
  }
}
