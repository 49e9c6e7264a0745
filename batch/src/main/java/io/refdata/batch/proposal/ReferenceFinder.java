package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.proposal.sample.Column;
import io.refdata.batch.proposal.sample.NumberTexts;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.batch.proposal.sample.Table;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Finds the references of items to other items, and the codes of lists. */
final class ReferenceFinder {
  private static final double NEARLY_ALL = 0.95;
  private static final double HALF = 0.5;

  /** The kinds of items if nothing says so, by the property and what the file has. */
  private static final String POWER_PLANT = "POWER_PLANT";

  private static final String COUNTRY = "COUNTRY";
  private static final String SUBDIVISION = "SUBDIVISION";

  private final Jdbi jdbi;
  private final ItemSet set;
  private final Table table;
  private final List<String> fileWords;
  private final Proposed proposed;

  /**
   * @param fileWords the words of the file's name
   */
  ReferenceFinder(Jdbi jdbi, ItemSet set, Table table, List<String> fileWords, Proposed proposed) {
    this.jdbi = jdbi;
    this.set = set;
    this.table = table;
    this.fileWords = fileWords;
    this.proposed = proposed;
  }

  /**
   * Finds the source of a property.
   *
   * @param named the column that is named like it
   * @param used the columns that have a use; the found one is added
   * @param code the columns of the code
   * @param own finds the items that exist already
   */
  boolean find(
      Property property, Optional<Column> named, Set<Column> used, List<Column> code, Lookup own) {
    if (property.kind() == PropertyKind.OWNERS) {
      return false;
    }
    ItemSet target =
        property.isListed()
            ? ItemSet.ofList(property.lists().get(0))
            : new ItemSet(Catalogue.of(property.target()), null);
    boolean within = property.isReference() && target.type() == set.type();
    boolean subdivisions = within && code.size() > 1 && property.name().equals("parent");
    List<Column> columns = new ArrayList<>();
    named.ifPresent(columns::add);
    if (property.required() && property.isReference()) {
      columns.addAll(table.where(column -> column.fill() > NEARLY_ALL && !used.contains(column)));
    } else if (subdivisions) {
      columns.add(code.get(0));
    }
    boolean constants = property.required();
    if (columns.isEmpty() && !constants) {
      return false;
    }
    Lookup lookup = lookup(target, columns);
    Optional<Column> best =
        columns.stream()
            .max(
                Comparator.comparing(
                    (Column column) ->
                        lookup.best(column.distinct()).share()
                            + (named.isPresent() && column == named.get() ? 0.2 : 0)));
    if (best.isPresent() && column(property, best.get(), lookup, named)) {
      if (!code.contains(best.get())) {
        used.add(best.get());
      }
      return true;
    }
    return constants && constant(property, lookup, code, own);
  }

  private Lookup lookup(ItemSet target, List<Column> columns) {
    Set<String> texts = new LinkedHashSet<>();
    columns.forEach(
        column ->
            texts.addAll(
                target.list() == null ? column.distinct() : WordMap.lookedUp(column.distinct())));
    texts.addAll(fileWords);
    texts.addAll(List.of(POWER_PLANT, COUNTRY, SUBDIVISION));
    if (fileWords.contains("UK")) {
      texts.add("GB");
    }
    return Lookup.of(jdbi, target, texts);
  }

  private boolean column(Property property, Column column, Lookup lookup, Optional<Column> named) {
    Lookup.Best best = lookup.best(column.distinct());
    String pointer = Proposed.pointer("properties", property.name());
    ObjectNode source = Proposed.source(column);
    boolean isNamed = named.isPresent() && named.get() == column;
    if (best.share() > 0) {
      best.way().putTo(source);
    }
    List<String> unknown =
        column.distinct().stream().filter(text -> lookup.find(best.way(), text).isEmpty()).toList();
    boolean creatable =
        property.isReference()
            && lookup.set().type().requiredToCreate().isEmpty()
            && lookup.set().type() != set.type()
            && lookup.set().type() != Catalogue.REGIONS;
    if (isNamed
        && creatable
        && (best.way().match() == null && best.share() < HALF
            || "name".equals(best.way().match()))) {
      source.remove("as");
      source.put("match", "name").put("create", true);
      unknown = List.of();
    } else if (!unknown.isEmpty() && property.isListed()) {
      ObjectNode map = WordMap.of(unknown, lookup);
      if (!map.isEmpty()) {
        source.set("map", map);
      }
      unknown = unknown.stream().filter(text -> !map.has(text)).toList();
    }
    double known = 1 - (double) unknown.size() / Math.max(1, column.distinct().size());
    if (known < (isNamed ? HALF : NEARLY_ALL)
        || property.isListed() && !property.required() && known < NEARLY_ALL - 0.3) {
      return false;
    }
    proposed.object("properties").set(property.name(), source);
    if (source.has("map")) {
      proposed.doubt(pointer + "/map", "made from words of the texts: is it right?");
    }
    if (source.has("create")) {
      proposed.reason(
          pointer,
          "%s is named like it; names that %s lacks are created".formatted(column, lookup.set()));
      return true;
    }
    proposed.reason(
        pointer,
        "%d of the %d texts in %s are found in %s by %s"
            .formatted(
                column.distinct().size() - unknown.size(),
                column.distinct().size(),
                column,
                lookup.set(),
                best.way()));
    if (!unknown.isEmpty()) {
      proposed.doubt(
          pointer, "%s has none of %s".formatted(lookup.set(), NumberTexts.some(unknown)));
    }
    return true;
  }

  /** A constant for a property that a new item must have. */
  private boolean constant(Property property, Lookup lookup, List<Column> code, Lookup own) {
    String pointer = Proposed.pointer("properties", property.name());
    if (property.isListed()) {
      Optional<String> kind =
          kind(code, own).filter(text -> lookup.find(Lookup.Way.CODE, text).isPresent());
      kind.ifPresent(
          text -> {
            proposed.object("properties").set(property.name(), Proposed.constant(text));
            proposed.reason(pointer, "no column has it; " + text + " fits what the file has");
          });
      return kind.isPresent();
    }
    for (String word : fileWords) {
      String text = word.equals("UK") ? "GB" : word;
      Lookup.Best best = lookup.best(List.of(text));
      if (best.share() == 1) {
        String found = lookup.find(best.way(), text).orElseThrow().code();
        proposed.object("properties").set(property.name(), Proposed.constant(found));
        proposed.doubt(
            pointer, "no column has it; '%s' in the file's name says %s".formatted(word, found));
        return true;
      }
    }
    return false;
  }

  private Optional<String> kind(List<Column> code, Lookup own) {
    if (set.type() == Catalogue.FACILITIES) {
      boolean power =
          table.columns().stream()
              .anyMatch(
                  column ->
                      Synonyms.fit("fuel", column) > 0 || Synonyms.fit("capacityMw", column) > 0);
      return power ? Optional.of(POWER_PLANT) : Optional.empty();
    } else if (set.type() != Catalogue.REGIONS) {
      return Optional.empty();
    } else if (code.size() > 1) {
      return Optional.of(SUBDIVISION);
    }
    Map<String, Integer> kinds = new HashMap<>();
    for (String text : code.get(0).distinct()) {
      own.find(Lookup.Way.CODE, text)
          .filter(item -> item.kind() != null)
          .ifPresent(item -> kinds.merge(String.valueOf(item.kind()), 1, Integer::sum));
    }
    return kinds.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .or(() -> Optional.of(COUNTRY));
  }
}
