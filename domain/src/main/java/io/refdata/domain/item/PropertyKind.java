package io.refdata.domain.item;

import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.item.value.Owners;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.domain.text.WholeNumber;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kind of a property's values: how a text is parsed, and how a database stores them. */
public enum PropertyKind {
  TEXT(
      String.class,
      "text",
      "a text, without NUL",
      text -> Optional.of(text).filter(any -> any.indexOf(0) < 0)),
  CODE(Code.class, "text", "a code: 1 to 64 letters, digits and _ @ $ -", Code::parse),
  NUMBER(Double.class, "double precision", "a number like 12.5", PropertyKind::number),
  INTEGER(
      Integer.class,
      "integer",
      "a whole number",
      text -> number(text).filter(n -> n == n.intValue()).map(Double::intValue)),
  DAY(
      LocalDate.class,
      "date",
      "a day like 2012-05-01",
      text -> YearOrDay.parse(text).filter(day -> !day.isYear()).map(YearOrDay::day)),
  YEAR_OR_DAY(
      YearOrDay.class,
      "text",
      "a day like 2012-05-01 or a year like 2012",
      text -> YearOrDay.parse(WholeNumber.plain(text))),
  /** Another item; as text, its code. */
  REFERENCE(Item.class, CODE.sqlType, CODE.expectation, CODE.parser),
  IDENTIFIERS(
      Identifiers.class,
      "text",
      "identifiers by scheme like ISIN:FR0000133308;MIC:XPAR, each as its scheme has it",
      Identifiers::parse),
  /** Organizations, each with a share. */
  OWNERS(
      Owners.class,
      "text",
      "codes and shares like EDF:0.6;RWE:0.4, together at most 1",
      Owners::parse);

  private static final Pattern NUMBER_PATTERN =
      Pattern.compile("[+-]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?+\\d++)?+");

  private final Class<?> type;
  private final String sqlType;
  private final String expectation;
  private final Function<String, ? extends Optional<?>> parser;

  PropertyKind(
      Class<?> type,
      String sqlType,
      String expectation,
      Function<String, ? extends Optional<?>> parser) {
    this.type = type;
    this.sqlType = sqlType;
    this.expectation = expectation;
    this.parser = parser;
  }

  /** The kind of the values of a field. */
  static PropertyKind of(Class<?> field) {
    return Arrays.stream(values())
        .filter(kind -> kind.type.isAssignableFrom(field))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No property can be a " + field));
  }

  /**
   * The value that a text stands for. Of a {@link #REFERENCE} it is the code of the item referred
   * to; a whole number or a year may also be written {@code 2012.0}. Empty if the text does not
   * stand for a value.
   */
  public Optional<Object> parse(String text) {
    return parser.apply(text).map(value -> value);
  }

  private static Optional<Double> number(String text) {
    try {
      return NUMBER_PATTERN.matcher(text).matches()
          ? Optional.of(Double.valueOf(text)).filter(Double::isFinite)
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A description of the form of its values, for users who sent something else. */
  public String expectation() {
    return expectation;
  }

  /** The SQL type of its values; of a {@link #REFERENCE}, that of the code. */
  public String sqlType() {
    return sqlType;
  }

  public boolean isNumeric() {
    return this == NUMBER || this == INTEGER;
  }

  /** True if values can be compared as less and greater. */
  public boolean isOrdered() {
    return isNumeric() || this == DAY || this == YEAR_OR_DAY;
  }
}
