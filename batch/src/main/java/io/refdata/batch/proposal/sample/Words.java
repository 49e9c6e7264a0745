package io.refdata.batch.proposal.sample;

import java.util.ArrayList;
import java.util.List;

/** The words of names: runs of letters and digits of ASCII. */
public final class Words {
  private Words() {}

  /** The words of a text, with their capitals. */
  public static List<String> of(String text) {
    return split(text, false);
  }

  /** The words of a text; a capital after a small letter begins another one: {@code capacityMw}. */
  static List<String> ofCamelCase(String text) {
    return split(text, true);
  }

  private static List<String> split(String text, boolean atCapitals) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean capital = c >= 'A' && c <= 'Z';
      boolean inside = c >= 'a' && c <= 'z' || capital || c >= '0' && c <= '9';
      boolean afterSmall = !word.isEmpty() && Character.isLowerCase(word.charAt(word.length() - 1));
      if (!word.isEmpty() && (!inside || atCapitals && capital && afterSmall)) {
        words.add(word.toString());
        word.setLength(0);
      }
      if (inside) {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }
}
