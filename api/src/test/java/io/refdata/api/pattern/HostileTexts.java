package io.refdata.api.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts made to send an expression back and forth: long runs of whatever it looks for, with
 * something at the end that it does not.
 */
final class HostileTexts {
  private static final String USUAL = "019aAzZ_.,;:/-+ \t\u000b\n\"eT\u0301!\0";
  private static final Pattern WORDS = Pattern.compile("[A-Za-z/=-]{2,}+");

  private HostileTexts() {}

  /** A text of any length. */
  interface Growing {
    String of(int length);
  }

  /** Those for one expression, each to be taken in several lengths. */
  static List<Growing> of(String expression) {
    Set<Character> characters = new TreeSet<>();
    (USUAL + expression).chars().forEach(c -> characters.add((char) c));
    List<Growing> texts = new ArrayList<>();
    for (String beginning : beginnings(expression)) {
      for (char one : characters) {
        for (char other : characters) {
          texts.add(length -> beginning + String.valueOf(one).repeat(length) + other);
          texts.add(
              length -> beginning + (String.valueOf(one) + other).repeat(length / 2) + '!' + one);
        }
      }
    }
    return texts;
  }

  /** The texts that may have to come before the part that repeats: the words of the expression. */
  private static Set<String> beginnings(String expression) {
    Set<String> beginnings = new TreeSet<>(Set.of("", "\"", "2020", "2020.", "1e"));
    Matcher word = WORDS.matcher(expression);
    while (word.find()) {
      beginnings.add(word.group());
    }
    return beginnings;
  }
}
