package io.refdata.persistence.layout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression becomes when what it repeats is written out: about the steps for
 * each character of a text. It is counted before the expression is compiled, because the compiler
 * writes the repetitions out before anybody can ask how many they are.
 */
final class ExpressionSize {
  /** So a product of it and of the longest repetition is still a number. */
  private static final long MOST = Integer.MAX_VALUE;

  /** Of more than so many digits, the compiler refuses it. */
  private static final int LONGEST_NUMBER = 4;

  private static final int LONGEST_REPETITION = 1_000;
  private static final Pattern REPEATED = Pattern.compile("[*+?]|\\{(\\d++)(?:,(\\d*+))?+\\}");

  private final String text;
  private final Matcher repeated;
  private int at;

  private ExpressionSize(String text) {
    this.text = text;
    this.repeated = REPEATED.matcher(text);
  }

  /** The size; never too small, and the expression need not be a valid one. */
  static long of(String text) {
    ExpressionSize expression = new ExpressionSize(text);
    long size = 0;
    while (expression.at < text.length()) {
      size = Math.min(MOST, size + expression.group());
      expression.at++; // a parenthesis that closes nothing
    }
    return size;
  }

  /** The size up to the parenthesis that closes the current group. */
  private long group() {
    long size = 0;
    while (at < text.length() && text.charAt(at) != ')') {
      long one = one();
      size = Math.min(MOST, size + one * repetition());
    }
    return size;
  }

  /** The size of a character, a class of characters or a group, without what repeats it. */
  private long one() {
    char first = text.charAt(at++);
    if (first == '(') {
      long size = group();
      at++;
      return size + 1;
    } else if (first == '[') {
      skipClass();
    } else if (first == '\\') {
      return escaped();
    }
    return 1;
  }

  private void skipClass() {
    int first = text.startsWith("^", at) ? at + 1 : at;
    for (at = first; at < text.length(); at++) {
      char each = text.charAt(at);
      if (each == '\\') {
        at++;
      } else if (text.startsWith("[:", at)) {
        at = Math.max(at, text.indexOf(":]", at) + 1);
      } else if (each == ']' && at > first) {
        break;
      }
    }
    at++;
  }

  /** Skips what follows a backslash, and returns how many characters it stands for. */
  private long escaped() {
    if (text.startsWith("Q", at)) {
      int end = text.indexOf("\\E", at);
      int first = at + 1;
      at = end < 0 ? text.length() : end + 2;
      return at - first;
    }
    boolean hasName = at < text.length() && "xpP".indexOf(text.charAt(at)) >= 0;
    int end = hasName && text.startsWith("{", at + 1) ? text.indexOf('}', at) : -1;
    at = end < 0 ? at + 1 : end + 1;
    return 1;
  }

  /** How often all that follows repeats what comes before it. */
  private long repetition() {
    long times = 1;
    while (at < text.length() && repeated.region(at, text.length()).lookingAt()) {
      times = Math.min(MOST, times * Math.max(times(1), times(2)));
      at = repeated.end();
    }
    return times;
  }

  private long times(int group) {
    String number = repeated.group(group);
    if (number == null || number.isEmpty()) {
      return 1;
    }
    return number.length() > LONGEST_NUMBER
        ? LONGEST_REPETITION
        : Math.max(1, Long.parseLong(number));
  }
}
