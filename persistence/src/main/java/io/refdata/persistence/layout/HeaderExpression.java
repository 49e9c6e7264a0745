package io.refdata.persistence.layout;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A regular expression of a layout. Its one group is the value in a column's header. It is an RE2
 * expression, so the time to match grows only with the length of the header, whatever the
 * expression: there is no look-around, no back reference and no possessive quantifier.
 */
public final class HeaderExpression {
  /** In characters. */
  private static final int LONGEST = 1_000;

  /** In steps for each character of a header; a usual expression has about a hundred. */
  private static final int MOST_STEPS = 4_000;

  private final Pattern pattern;

  private HeaderExpression(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException if the text is not such an expression, has not exactly one
   *     group, or is too large; the message says what must change, and where
   */
  public static HeaderExpression of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must have at most %,d characters".formatted(LONGEST));
    }
    requireFewSteps(ExpressionSize.of(text));
    Pattern pattern = compiled(text);
    if (pattern.groupCount() != 1) {
      throw new IllegalArgumentException("must have exactly one group");
    }
    requireFewSteps(pattern.programSize());
    return new HeaderExpression(pattern);
  }

  private static void requireFewSteps(long steps) {
    if (steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "has too many repetitions; an expression counts as often as it is repeated");
    }
  }

  private static Pattern compiled(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is not an expression that can be matched in linear time (RE2): " + fault(text, e), e);
    }
  }

  private static String fault(String text, PatternSyntaxException e) {
    String part = e.getPattern() == null ? "" : e.getPattern();
    int index = part.isEmpty() || part.equals(text) ? -1 : text.indexOf(part);
    return index < 0
        ? e.getDescription()
        : "%s: '%s' at character %d".formatted(e.getDescription(), part, index + 1);
  }

  /**
   * The value in a header; empty if the expression does not match the header.
   *
   * @throws IllegalArgumentException if it matches the header, but its group matches nothing there
   */
  public Optional<String> part(String header) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String group = matcher.group(1);
    if (group == null || group.isEmpty()) {
      throw new IllegalArgumentException(
          "matches the column '" + header + "', and its group matches nothing there");
    }
    return Optional.of(group);
  }
}
