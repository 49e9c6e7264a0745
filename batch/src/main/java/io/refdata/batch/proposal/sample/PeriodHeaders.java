package io.refdata.batch.proposal.sample;

import io.refdata.batch.load.time.TimeColumn;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds columns of values whose headers name periods: {@code 2019}, {@code gwh_2020-Q1}. */
public final class PeriodHeaders {
  private static final Pattern DIGITS = Pattern.compile("\\d++");

  /** Signs that mean something in an expression. */
  private static final Pattern SIGNS = Pattern.compile("[\\\\.\\[\\]{}()*+?^$|]");

  private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:1[89]|20|21)\\d\\d(?!\\d)");
  private static final Pattern PERIOD =
      Pattern.compile(
          "(?<!\\d)(?:1[89]|20|21)\\d\\d(?:-?[QSMWqsmw]\\d{1,2}|-\\d\\d-\\d\\d|-?\\d\\d)(?!\\d)");
  private static final double MOSTLY = 0.8;

  private PeriodHeaders() {}

  /**
   * Columns of periods.
   *
   * @param expression matches their headers; its group is the period
   */
  public record Found(String expression, List<Column> columns) {}

  /** The largest set of such columns; empty if there are not even two. */
  public static Optional<Found> find(Frequency frequency, Table table) {
    TimeColumn times = new TimeColumn(frequency, Source.column("time"));
    Map<String, List<Column>> byExpression = new LinkedHashMap<>();
    for (Column column : table.where(column -> mayHoldValues(column))) {
      Matcher matcher = (frequency == Frequency.A ? YEAR : PERIOD).matcher(column.name());
      if (matcher.find() && times.parse(matcher.group()) != TimeColumn.NONE) {
        byExpression
            .computeIfAbsent(expression(column.name(), matcher), absent -> new ArrayList<>())
            .add(column);
      }
    }
    return byExpression.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .filter(entry -> entry.getValue().stream().anyMatch(column -> column.fill() > 0))
        .max(java.util.Comparator.comparing(entry -> entry.getValue().size()))
        .map(entry -> new Found(entry.getKey(), entry.getValue()));
  }

  private static boolean mayHoldValues(Column column) {
    return column.fill() == 0 || Numeric.share(column) >= MOSTLY;
  }

  private static String expression(String name, Matcher matcher) {
    return quoted(name.substring(0, matcher.start()))
        + "("
        + digits(matcher.group())
        + ")"
        + digits(name.substring(matcher.end()));
  }

  /** An expression for a text in which each run of digits is any of that length. */
  private static String digits(String text) {
    StringBuilder expression = new StringBuilder();
    Matcher runs = DIGITS.matcher(text);
    int from = 0;
    while (runs.find()) {
      int length = runs.end() - runs.start();
      expression.append(quoted(text.substring(from, runs.start())));
      expression.append(length == 1 ? "\\d" : "\\d{" + length + "}");
      from = runs.end();
    }
    return expression.append(quoted(text.substring(from))).toString();
  }

  private static String quoted(String text) {
    return SIGNS.matcher(text).replaceAll("\\\\$0");
  }
}
