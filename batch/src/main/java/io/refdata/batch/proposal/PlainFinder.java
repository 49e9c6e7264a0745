package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.load.time.Years;
import io.refdata.batch.proposal.sample.Column;
import io.refdata.batch.proposal.sample.NumberTexts;
import io.refdata.batch.proposal.sample.Numeric;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.batch.proposal.sample.Table;
import io.refdata.batch.proposal.sample.TimePatterns;
import io.refdata.batch.proposal.sample.Words;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.layout.TimeForm;
import io.refdata.domain.layout.TimePattern;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds numbers, days, texts and identifiers of items. */
final class PlainFinder {
  private static final double NEARLY_ALL = 0.98;
  private static final double MOSTLY = 0.9;
  private static final Set<String> SCHEMES =
      Set.of(
          "isin",
          "figi",
          "mic",
          "cusip",
          "sedol",
          "ric",
          "lei",
          "wkn",
          "eic",
          "eiccode",
          "wikidata");
  private static final Set<String> AFTER_SCHEMES = Set.of("symbol", "ticker", "identifier");

  private final ItemType<?> type;
  private final Validator validator;
  private final Numeric numeric;
  private final Proposed proposed;

  PlainFinder(ItemType<?> type, Validator validator, Numeric numeric, Proposed proposed) {
    this.type = type;
    this.validator = validator;
    this.numeric = numeric;
    this.proposed = proposed;
  }

  /** Reads a property from a column, if the texts are of its kind. */
  boolean find(Property property, Column column) {
    ObjectNode source = Proposed.source(column);
    String pointer = Proposed.pointer("properties", property.name());
    boolean day =
        property.kind() == PropertyKind.DAY || property.kind() == PropertyKind.YEAR_OR_DAY;
    double valid =
        property.kind().isNumeric()
            ? number(property, column, source, pointer)
            : day ? day(property, column, source) : column.share(text -> isValid(property, text));
    if (valid < MOSTLY) {
      proposed.doubt(
          pointer,
          "%s is named like it, but only %.0f %% of its texts can be one, so it is not read"
              .formatted(column, 100 * valid));
      return false;
    }
    proposed.object("properties").set(property.name(), source);
    proposed.reason(pointer, column + " is named like it, and its texts are of its kind");
    if (valid < NEARLY_ALL) {
      proposed.doubt(pointer, "%.0f %% of its texts are refused".formatted(100 - 100 * valid));
    }
    return true;
  }

  private double number(Property property, Column column, ObjectNode source, String pointer) {
    if (!numeric.is(column)) {
      return Numeric.share(column);
    }
    numeric.describe(column, source, pointer);
    return column.share(
        text ->
            !NumberTexts.isNumber(text)
                || numeric.read(text, source).filter(n -> isValid(property, n)).isPresent());
  }

  private boolean isValid(Property property, String text) {
    return property.parse(text).filter(value -> keepsRules(property, value)).isPresent();
  }

  private boolean isValid(Property property, Double number) {
    return keepsRules(
        property, property.kind() == PropertyKind.INTEGER ? number.intValue() : number);
  }

  private boolean keepsRules(Property property, Object value) {
    return validator.validateValue(type.entity(), property.field(), value).isEmpty();
  }

  private double day(Property property, Column column, ObjectNode source) {
    double usual =
        column.share(
            text ->
                property
                    .parse(property.kind() == PropertyKind.YEAR_OR_DAY ? Years.of(text) : text)
                    .isPresent());
    if (usual >= MOSTLY) {
      return usual;
    }
    double best = usual;
    for (boolean clocks : new boolean[] {false, true}) {
      for (String pattern : TimePatterns.all(clocks)) {
        TimePattern days = TimePattern.of(TimeForm.of(pattern, null));
        if (days.tellsDayOrYear()) {
          double share = column.share(text -> days.dayOrYear(text).isPresent());
          if (share > best) {
            best = share;
            source.put("pattern", pattern);
          }
        }
      }
    }
    String found = source.path("pattern").asText();
    if (!found.isEmpty() && !TimePatterns.swapped(found).equals(found)) {
      TimePattern other = TimePattern.of(TimeForm.of(TimePatterns.swapped(found), null));
      if (column.share(text -> other.dayOrYear(text).isPresent()) >= best) {
        proposed.doubt(
            Proposed.pointer("properties", property.name()) + "/pattern",
            "it could also be " + TimePatterns.swapped(found));
      }
    }
    return best;
  }

  /** Reads each column of identifiers under its scheme. */
  void identifiers(Table table, Set<Column> used) {
    for (Column column : table.where(column -> column.fill() > 0 && !used.contains(column))) {
      Optional<String> scheme = scheme(column);
      if (scheme.isPresent()
          && type.shown(column.plainName()).isEmpty()
          && column.share(text -> Identifiers.fault(scheme.get(), text).isEmpty()) == 1) {
        String name = "identifiers." + scheme.get();
        proposed.object("properties").set(name, Proposed.source(column));
        proposed.reason(Proposed.pointer("properties", name), column + " is named like a scheme");
        used.add(column);
      }
    }
  }

  private static Optional<String> scheme(Column column) {
    String plain = column.plainName();
    if (SCHEMES.contains(plain)) {
      String name = plain.endsWith("code") ? plain.substring(0, plain.length() - 4) : plain;
      return Optional.of(name.toUpperCase(Locale.ROOT));
    }
    List<String> words = Words.of(column.name());
    int last = words.size() - 1;
    return last > 0 && AFTER_SCHEMES.contains(words.get(last).toLowerCase(Locale.ROOT))
        ? Code.parse(String.join("_", words.subList(0, last)).toUpperCase(Locale.ROOT))
            .map(Code::value)
        : Optional.empty();
  }
}
