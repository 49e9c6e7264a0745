package io.refdata.batch.load.cell;

import io.refdata.batch.file.Line;
import io.refdata.batch.file.ShapedLines;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.NumberForm;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers in the form that a layout says. Numbers in the usual form take the fast way,
 * without an object for each.
 */
public final class NumberColumn {
  private static final byte NO_STATUS = 0;

  /** A longer number would take long to read; a double has 17 digits. */
  private static final int LONGEST = 1_000;

  /** The number of digits in a group, and at most in the first. */
  private static final int GROUP = 3;

  /** A double has exponents up to 308. */
  private static final int MOST_POWER = 400;

  private static final Pattern POWER = Pattern.compile("[+-]?+\\d{1,3}+(\\.0++)?+");

  /** Spaces that publishers write between groups of digits. */
  private static final String SPACES = " \u00a0\u202f\u2009";

  private final char decimalSign;
  private final @Nullable String thousands;
  private final NumberForm form;
  private final int scaleField;
  private final char[][] missing;
  private final List<Map.Entry<String, String>> flags;
  private final boolean usual;

  /** Whether the last number was too large when it was multiplied. */
  private boolean tooLarge;

  /** Whether a double cannot hold the last number as it is written. */
  private boolean rounded;

  /**
   * @param form the form of the numbers of this source
   * @param scaleField the column with the power of ten; -1 if there is none
   * @param missing the texts that mean an empty cell
   */
  public NumberColumn(
      LayoutDefinition layout, NumberForm form, int scaleField, List<String> missing) {
    this.decimalSign = layout.decimalSign();
    this.thousands = form.thousands() == null ? layout.thousands() : form.thousands();
    this.form = form;
    this.scaleField = scaleField;
    this.missing = ShapedLines.chars(missing);
    this.flags =
        form.statusByFlag().entrySet().stream()
            .sorted(Comparator.comparing(flag -> -flag.getKey().length()))
            .toList();
    this.usual = form.equals(NumberForm.PLAIN) && thousands == null;
  }

  /** Whether a field has a text that means that it is empty, with or without a flag. */
  public boolean isMissing(Line line, int field) {
    if (line.isOneOf(field, missing)) {
      return true;
    }
    return !flags.isEmpty() && isMissing(withoutFlag(line.text(field)));
  }

  private boolean isMissing(String text) {
    for (char[] one : missing) {
      if (text.contentEquals(CharBuffer.wrap(one))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a double cannot hold the number that was read last as it is written. */
  public boolean isRounded() {
    return rounded;
  }

  /** The number in a field; NaN if it is none. */
  public double parse(Line line, int field) {
    if (!usual) {
      BigDecimal factor = factor(line);
      return factor == null ? Double.NaN : parseFormed(line.text(field), factor);
    }
    double value = Numbers.parse(line.chars(), line.start(field), line.end(field), decimalSign);
    rounded =
        Numbers.mayBeRounded(value)
            && Numbers.isRounded(
                line.chars(), line.start(field), line.end(field), decimalSign, value);
    return value;
  }

  /**
   * The number that a text stands for; NaN if it stands for none.
   *
   * @param line the one that may have the power of ten
   */
  public double parse(String text, Line line) {
    BigDecimal factor = factor(line);
    return factor == null ? Double.NaN : parseFormed(text, factor);
  }

  /** The number of a layout's constant; NaN if it is none. */
  public double parse(String text) {
    return parseFormed(text, form.scale() == null ? BigDecimal.ONE : form.scale());
  }

  /** The status that a flag after the value gives; 0 if there is none. */
  public byte status(Line line, int field) {
    if (flags.isEmpty()) {
      return NO_STATUS;
    }
    String text = line.text(field);
    return flags.stream()
        .filter(flag -> text.endsWith(flag.getKey()))
        .findFirst()
        .map(flag -> (byte) Objects.requireNonNull(flag.getValue()).charAt(0))
        .orElse(NO_STATUS);
  }

  /** The factor of a number; null if the line says no power of ten. */
  private @Nullable BigDecimal factor(Line line) {
    if (scaleField < 0) {
      return form.scale() == null ? BigDecimal.ONE : form.scale();
    }
    String text = line.text(scaleField);
    if (!POWER.matcher(text).matches()) {
      return null;
    }
    int power = new BigDecimal(text).intValue();
    return Math.abs(power) > MOST_POWER ? null : BigDecimal.ONE.scaleByPowerOfTen(power);
  }

  private double parseFormed(String written, BigDecimal factor) {
    tooLarge = false;
    rounded = false;
    String text = withoutSuffix(withoutFlag(written));
    BigDecimal all = factor;
    if (form.percent()) {
      if (!text.endsWith("%")) {
        return Double.NaN;
      }
      text = stripped(text.substring(0, text.length() - 1));
      all = factor.movePointLeft(2);
    }
    if (form.parentheses() && text.startsWith("(") && text.endsWith(")")) {
      text = "-" + stripped(text.substring(1, text.length() - 1));
    }
    if (thousands != null) {
      text = withoutGroups(text, thousands);
    }
    double value = Numbers.parse(text, decimalSign);
    if (Double.isNaN(value) || text.length() > LONGEST) {
      return Double.NaN;
    }
    return all.compareTo(BigDecimal.ONE) == 0
        ? asWritten(text, value)
        : multiplied(text, value, all);
  }

  /** A value that is not multiplied. */
  private double asWritten(String text, double value) {
    char[] chars = text.toCharArray();
    rounded =
        Numbers.mayBeRounded(value)
            && Numbers.isRounded(chars, 0, chars.length, decimalSign, value);
    return value;
  }

  /**
   * The product is exact before it is rounded: 4.35 times 100 is 435.
   *
   * @param unscaled the value of the text
   */
  private double multiplied(String text, double unscaled, BigDecimal factor) {
    BigDecimal exact;
    try {
      exact = new BigDecimal(text.replace(decimalSign, '.')).multiply(factor);
    } catch (NumberFormatException | ArithmeticException e) {
      // The exponent is about two billion or more. As the value is not infinite it is 0, and a
      // factor has too few digits to make another double of it.
      return asWritten(text, unscaled);
    }
    double value = exact.doubleValue();
    tooLarge = Double.isInfinite(value);
    if (tooLarge) {
      return Double.NaN;
    }
    rounded = Numbers.mayBeRounded(value) && new BigDecimal(value).compareTo(exact) != 0;
    return value;
  }

  private String withoutFlag(String text) {
    for (Map.Entry<String, String> flag : flags) {
      if (text.endsWith(flag.getKey())) {
        return stripped(text.substring(0, text.length() - flag.getKey().length()));
      }
    }
    return text;
  }

  /** A text without spaces around it, those that do not break among them. */
  private static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (to > from && Line.isSpace(text.charAt(to - 1))) {
      to--;
    }
    while (to > from && Line.isSpace(text.charAt(from))) {
      from++;
    }
    return text.substring(from, to);
  }

  private String withoutSuffix(String text) {
    String suffix = form.suffix();
    return suffix != null && text.endsWith(suffix)
        ? stripped(text.substring(0, text.length() - suffix.length()))
        : text;
  }

  /**
   * A number without the signs between its groups. A text whose groups are not of three digits, but
   * for the first, stays as it is: it is no number then. Nor is one whose first group begins with
   * 0: {@code 0,123} has a decimal comma.
   */
  private static String withoutGroups(String text, String sign) {
    String signs = SPACES.contains(sign) ? SPACES : sign;
    StringBuilder plain = new StringBuilder(text.length());
    int digits = 0;
    boolean grouped = false;
    boolean whole = true;
    char first = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean between = signs.indexOf(c) >= 0;
      boolean ends = whole && !digit && !between && digits > 0;
      if (between && (!whole || digits == 0 || digits > GROUP || grouped && digits != GROUP)
          || ends && grouped && digits != GROUP) {
        return text;
      }
      whole &= !ends;
      grouped |= between;
      first = digit && first == ' ' ? c : first;
      digits = between ? 0 : digit ? digits + 1 : digits;
      if (!between) {
        plain.append(c);
      }
    }
    return grouped && (first == '0' || whole && digits != GROUP) ? text : plain.toString();
  }

  /** The reject of a text in a line that is no number. */
  public RejectReason reject(String text, Line line) {
    if (factor(line) == null) {
      return new RejectReason(
          "NOT_A_NUMBER",
          "'%s' in the column %s is no power of ten like 6"
              .formatted(RejectReasons.quoted(line.text(scaleField)), form.scaleColumn()));
    }
    return reject(text);
  }

  /** The reject of a text that is no number, or of one that is too large for a double. */
  public RejectReason reject(String text) {
    String quoted = "'" + RejectReasons.quoted(text) + "'";
    return tooLarge || Numbers.isTooLarge(text, decimalSign)
        ? new RejectReason(
            "NUMBER_TOO_LARGE",
            quoted + " is larger than any double (1.8e308), perhaps by its scale")
        : new RejectReason("NOT_A_NUMBER", "%s is not a number: %s".formatted(quoted, expected()));
  }

  private String expected() {
    StringBuilder words = new StringBuilder("here a number has '");
    words.append(decimalSign).append("' before its decimals");
    if (thousands == null) {
      words.append(" and no sign between groups of digits");
    } else {
      words.append(" and '").append(thousands).append("' between groups of three digits");
    }
    if (form.percent()) {
      words.append(", and % at its end");
    }
    if (!flags.isEmpty()) {
      words.append(", and perhaps a flag at its end: ");
      words.append(String.join(", ", form.statusByFlag().keySet()));
    }
    return words.toString();
  }
}
