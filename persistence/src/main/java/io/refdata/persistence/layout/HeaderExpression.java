package io.refdata.persistence.layout;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A layout's own expression, whose one group is what a column's header says. It is RE2's kind of
 * expression, which is matched in steps that grow with the header only, whatever the expression: no
 * looking around, no reference back, no possessive quantifier.
 */
public final class HeaderExpression {
  /** In characters; a repetition of 1,000 takes six of them, so that trying one takes no memory. */
  private static final int LONGEST = 1_000;

  /**
   * In steps for each character of a header; an expression that somebody wrote has some hundred.
   */
  private static final int MOST_STEPS = 4_000;

  private final Pattern pattern;

  private HeaderExpression(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException if the text is no such expression, has not exactly one group,
   *     or is too large; the message says what must change, and where
   */
  public static HeaderExpression of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must have at most %,d characters".formatted(LONGEST));
    }
    Pattern pattern = compiled(text);
    if (pattern.groupCount() != 1) {
      throw new IllegalArgumentException("must have exactly one group");
    } else if (pattern.programSize() > MOST_STEPS) {
      throw new IllegalArgumentException("repeats too much; each repetition counts as often");
    }
    return new HeaderExpression(pattern);
  }

  private static Pattern compiled(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is no expression that can be matched in linear time (RE2): " + fault(text, e), e);
    }
  }

  private static String fault(String text, PatternSyntaxException e) {
    String part = e.getPattern() == null ? "" : e.getPattern();
    int place = part.isEmpty() || part.equals(text) ? -1 : text.indexOf(part);
    return place < 0
        ? e.getDescription()
        : "%s: '%s' at character %d".formatted(e.getDescription(), part, place + 1);
  }

  /** What a header says; empty if it is none of those that the expression is for. */
  public Optional<String> part(String header) {
    Matcher matcher = pattern.matcher(header);
    return matcher.matches() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
  }
}
