package io.refdata.batch.proposal.sample;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows the forms in which numbers are written, whatever the layout says. */
public final class NumberTexts {
  /** Texts that publishers write where there is no number. */
  static final Set<String> MISSING =
      Set.of(
          "NA", "N/A", "n/a", "na", "n.a.", "NaN", "nan", "null", "NULL", "None", "..", ".", "-",
          "--", ":", "*", "#N/A", "x");

  private static final String GROUP_SIGNS = ",.' \u00a0\u202f";

  private static final Pattern PLAIN =
      Pattern.compile("[+-]?+\\d++([.,]\\d*+)?+([eE][+-]?+\\d++)?+");
  private static final Pattern FRACTION = Pattern.compile("[+-]?+[.,]\\d++([eE][+-]?+\\d++)?+");
  private static final Pattern GROUPED =
      Pattern.compile("[+-]?\\d{1,3}(?:([,.' \u00a0\u202f])\\d{3})(?:\\1\\d{3})*+(?:[.,]\\d++)?+");

  /** One sign, and three digits behind it: {@code 1,234}. */
  private static final Pattern EITHER = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");

  private NumberTexts() {}

  /** Whether a text is a number in any form, perhaps with % or between parentheses. */
  public static boolean isNumber(String text) {
    String plain = bare(text);
    return PLAIN.matcher(plain).matches() || FRACTION.matcher(plain).matches() || isGrouped(plain);
  }

  private static boolean isGrouped(String text) {
    if (!GROUPED.matcher(text).matches()) {
      return false;
    }
    char sign = groupSign(text);
    int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
    return last < 0
        || text.charAt(last) != sign
        || text.indexOf(sign) == last
        || groupsOnly(text, sign);
  }

  private static boolean groupsOnly(String text, char sign) {
    return text.substring(text.indexOf(sign) + 1).replace(String.valueOf(sign), "").length() % 3
        == 0;
  }

  /** The first sign between groups of digits; 0 if there is none. */
  static char groupSign(String text) {
    for (char c : text.toCharArray()) {
      if (GROUP_SIGNS.indexOf(c) >= 0) {
        return c;
      }
    }
    return 0;
  }

  /** Without a percent sign and parentheses. */
  static String bare(String text) {
    String bare = text.strip();
    if (bare.endsWith("%")) {
      bare = bare.substring(0, bare.length() - 1).strip();
    }
    if (bare.startsWith("(") && bare.endsWith(")") && bare.length() > 2) {
      bare = bare.substring(1, bare.length() - 1);
    }
    return bare;
  }

  /** Whether a text can be read with this sign as decimal sign only. */
  static boolean proves(String text, char decimal) {
    String bare = bare(text);
    int at = bare.lastIndexOf(decimal);
    if (at < 0 || !isNumber(text) || bare.indexOf(decimal) != at) {
      return false;
    }
    char other = decimal == '.' ? ',' : '.';
    boolean grouped = bare.indexOf(other) >= 0;
    return grouped ? bare.indexOf(other) < at : !EITHER.matcher(bare).matches();
  }

  /** Whether a text is one of {@code 1,234}, which is 1234 or 1.234. */
  static boolean isEither(String text) {
    return EITHER.matcher(bare(text)).matches();
  }

  /** Whether a text is a number with this decimal sign, and with groups or not. */
  public static boolean isNumber(String text, char decimal, char thousands) {
    String bare = bare(text);
    if (!isNumber(bare)) {
      return false;
    }
    for (char c : bare.toCharArray()) {
      if (GROUP_SIGNS.indexOf(c) >= 0 && c != decimal && c != thousands) {
        return false;
      }
    }
    return thousands != 0 || bare.indexOf(decimal) == bare.lastIndexOf(decimal);
  }

  /** The decimal sign that more texts prove; a point if none does. */
  static char decimal(Collection<String> texts) {
    long commas = texts.stream().filter(text -> proves(text, ',')).count();
    long points = texts.stream().filter(text -> proves(text, '.')).count();
    boolean enough = commas >= 3 || 4 * commas >= texts.size();
    return commas > points && enough ? ',' : '.';
  }

  /** The first texts, for a sentence. */
  public static String some(List<String> texts) {
    return String.join(", ", texts.subList(0, Math.min(5, texts.size())))
        + (texts.size() > 5 ? ", …" : "");
  }
}
