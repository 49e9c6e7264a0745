package io.refdata.batch.proposal.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.load.cell.NumberColumn;
import io.refdata.domain.layout.NumberForm;
import io.refdata.persistence.layout.LayoutJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which columns hold numbers, and how these are written. */
public final class Numeric {
  private static final double MOSTLY = 0.75;

  private final Proposed proposed;
  private final char decimal;
  private final boolean proven;
  private final Set<String> missing = new TreeSet<>();

  public Numeric(Table table, Proposed proposed) {
    this.proposed = proposed;
    List<String> numbers = new ArrayList<>();
    for (Column column : table.columns()) {
      if (share(column) >= MOSTLY) {
        numbers.addAll(column.distinct());
      }
    }
    this.decimal = NumberTexts.decimal(numbers);
    this.proven = numbers.stream().anyMatch(text -> NumberTexts.proves(text, decimal));
    char other = decimal == '.' ? ',' : '.';
    List<String> others = numbers.stream().filter(text -> NumberTexts.proves(text, other)).toList();
    if (decimal == ',') {
      proposed.layout().put("decimal", ",");
      proposed.reason(
          "/decimal",
          "numbers like "
              + numbers.stream()
                  .filter(text -> NumberTexts.proves(text, ','))
                  .findFirst()
                  .orElse(""));
    }
    if (!others.isEmpty()) {
      proposed.doubt(
          "/decimal", "other numbers have '" + other + "' there: " + NumberTexts.some(others));
    }
  }

  /** The part of the distinct texts of a column that are numbers or stand for a missing one. */
  public static double share(Column column) {
    return column.share(NumberTexts::isNumber) == 0
        ? 0
        : column.share(text -> NumberTexts.isNumber(text) || NumberTexts.MISSING.contains(text));
  }

  /** Whether a column holds numbers. */
  public boolean is(Column column) {
    return share(column) >= MOSTLY;
  }

  /** Whether all numbers of a column are whole. */
  public static boolean whole(Column column) {
    return column.share(text -> text.indexOf('.') < 0 && text.indexOf(',') < 0) == 1;
  }

  /**
   * Says in a source how the numbers of its column are written.
   *
   * @param pointer the pointer of the source
   */
  public void describe(Column column, ObjectNode source, String pointer) {
    List<String> texts = column.distinct().stream().filter(NumberTexts::isNumber).toList();
    char other = decimal == '.' ? ',' : '.';
    char thousands = 0;
    for (String text : texts) {
      String bare = NumberTexts.bare(text);
      char sign = NumberTexts.groupSign(bare);
      boolean groups =
          sign != 0 && (sign != decimal || bare.indexOf(sign) != bare.lastIndexOf(sign));
      thousands = groups ? sign : thousands;
    }
    if (thousands != 0 && thousands != decimal) {
      source.put("thousands", String.valueOf(thousands));
      char sign = thousands;
      List<String> grouped = texts.stream().filter(text -> text.indexOf(sign) >= 0).toList();
      proposed.reason(pointer + "/thousands", "numbers like " + NumberTexts.some(grouped));
      boolean certain =
          texts.stream()
              .anyMatch(text -> NumberTexts.proves(text, decimal) || manyGroups(text, sign));
      if (sign == other && !certain) {
        proposed.doubt(
            pointer + "/thousands",
            "%s can be thousands, as proposed, or decimals".formatted(NumberTexts.some(grouped)));
      }
    } else if (!proven && texts.stream().anyMatch(NumberTexts::isEither)) {
      proposed.doubt(
          pointer,
          "%s can be decimals, as proposed, or thousands"
              .formatted(NumberTexts.some(texts.stream().filter(NumberTexts::isEither).toList())));
    }
    if (!texts.isEmpty() && texts.stream().allMatch(text -> text.endsWith("%"))) {
      source.put("percent", true);
      proposed.reason(pointer + "/percent", "all numbers end with %");
    }
    if (texts.stream().anyMatch(text -> text.startsWith("("))) {
      source.put("parentheses", true);
      proposed.reason(pointer + "/parentheses", "some numbers stand between parentheses");
    }
    column.distinct().stream().filter(NumberTexts.MISSING::contains).forEach(missing::add);
  }

  /** The number of a text, by the loads' own reader. */
  public Optional<Double> read(String text, ObjectNode source) {
    NumberForm form =
        new NumberForm(
            source.has("thousands") ? source.get("thousands").asText() : null,
            null,
            null,
            source.path("percent").asBoolean(),
            source.path("parentheses").asBoolean(),
            null,
            null);
    double value =
        new NumberColumn(LayoutJson.parse(proposed.layout().toString()), form, -1, List.of())
            .parse(text);
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
  }

  private static boolean manyGroups(String text, char sign) {
    return text.indexOf(sign) != text.lastIndexOf(sign);
  }

  /**
   * Says which texts mean an empty cell, if there are others than the layout has by itself.
   *
   * @param withNa whether NA is one of those by itself, as it is for values
   */
  public void sayMissing(boolean withNa) {
    Set<String> others = new TreeSet<>(missing);
    if (withNa) {
      others.remove("NA");
    }
    if (others.isEmpty()) {
      return;
    }
    ArrayNode texts = proposed.layout().putArray("missing").add("");
    missing.forEach(texts::add);
    if (withNa && !missing.contains("NA")) {
      texts.add("NA");
    }
    proposed.reason("/missing", "among numbers stand " + String.join(", ", others));
    if (texts.toString().contains("\"NA\"")) {
      proposed.doubt("/missing", "a code or name NA would count as missing too");
    }
  }
}
