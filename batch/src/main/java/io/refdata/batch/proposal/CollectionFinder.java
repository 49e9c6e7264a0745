package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.refdata.batch.proposal.sample.Column;
import io.refdata.batch.proposal.sample.Numeric;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.batch.proposal.sample.Table;
import io.refdata.batch.proposal.sample.Words;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutProposals.Hints;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Finds what the columns of a file are for the items of a collection or code list. */
final class CollectionFinder {
  private static final double MOSTLY = 0.8;
  private static final double SOME = 0.4;

  private final ItemSet set;
  private final Table table;
  private final Proposed proposed;
  private final Numeric numeric;
  private final Lookup own;
  private final ReferenceFinder references;
  private final PlainFinder plain;
  private final Set<Column> used = new LinkedHashSet<>();

  CollectionFinder(
      Jdbi jdbi, Validator validator, ItemSet set, Table table, Hints hints, Proposed proposed) {
    this.set = set;
    this.table = table;
    this.proposed = proposed;
    this.numeric = new Numeric(table, proposed);
    Set<String> codes = new LinkedHashSet<>();
    table
        .where(column -> column.share(text -> Code.parse(text).isPresent()) >= MOSTLY)
        .forEach(column -> codes.addAll(column.distinct()));
    this.own = Lookup.of(jdbi, set, codes);
    List<String> words = hints.name() == null ? List.of() : Words.of(hints.name());
    this.references = new ReferenceFinder(jdbi, set, table, words, proposed);
    this.plain = new PlainFinder(set.type(), validator, numeric, proposed);
  }

  void find() {
    List<Column> code = new CodeFinder(table, numeric, own, proposed).find();
    if (code.size() == 1 && !isName(code.get(0))) {
      used.addAll(code);
    }
    // A column of another property is not the name of the item: the company of a plant.
    for (Property property : set.type().shown()) {
      if (property != set.type().code() && property != set.type().name()) {
        property(property, code);
      }
    }
    name(code);
    if (code.size() == 1 && code.get(0).fill() < 1) {
      groups(code.get(0));
    }
    numeric.sayMissing(false);
  }

  private static boolean isName(Column column) {
    return Synonyms.fit("name", column) > 0 || column.plainName().endsWith("name");
  }

  /**
   * Lines without a code may be headings: what they say of the lines below is not said again there.
   */
  private void groups(Column code) {
    List<Column> filled =
        used.stream()
            .filter(column -> column != code)
            .filter(column -> filledWhere(column, code, true) >= MOSTLY)
            .filter(column -> filledWhere(column, code, false) < 1 - MOSTLY)
            .toList();
    if (filled.isEmpty()) {
      return;
    }
    ArrayNode names = proposed.layout().putArray("fill");
    filled.forEach(column -> column.addTo(names));
    proposed.object("ignore").putArray(code.name()).add("");
    proposed.reason("/fill", "they have texts in the lines without a code, and nearly only there");
    proposed.doubt(
        "/ignore", "lines without a text in %s are headings, and left out".formatted(code));
  }

  /** The part of the lines with or without a code that have a text in a column. */
  private static double filledWhere(Column column, Column code, boolean heading) {
    int lines = 0;
    int texts = 0;
    for (int line = 0; line < code.texts().size(); line++) {
      if (code.texts().get(line).isEmpty() == heading) {
        lines++;
        texts += column.texts().get(line).isEmpty() ? 0 : 1;
      }
    }
    return lines == 0 ? 0 : (double) texts / lines;
  }

  private void property(Property property, List<Column> code) {
    if (property.kind() == PropertyKind.IDENTIFIERS) {
      plain.identifiers(table, used);
      return;
    }
    Optional<Column> column =
        table.where(candidate -> candidate.fill() > 0 && !used.contains(candidate)).stream()
            .filter(candidate -> fit(property, candidate) > 0)
            .max(
                Comparator.comparing(
                    (Column candidate) -> fit(property, candidate) + candidate.fill() / 20));
    boolean found;
    if (property.isReference() || property.isListed()) {
      found = references.find(property, column, used, code, own);
    } else {
      found = column.isPresent() && plain.find(property, column.get());
      found &= column.map(used::add).isPresent();
    }
    if (!found && property.required()) {
      proposed.doubt(
          Proposed.pointer("properties", property.name()),
          "no column was found, and a new item needs it");
    }
  }

  private static double fit(Property property, Column column) {
    return Synonyms.fit(property.name(), column);
  }

  private void name(List<Column> code) {
    List<Column> columns =
        table.where(
            column -> column.fill() > SOME && !numeric.is(column) && !used.contains(column));
    Optional<Column> best =
        columns.stream()
            .filter(column -> nameScore(column, code) >= 1)
            .max(Comparator.comparing(column -> nameScore(column, code)));
    boolean codeIsName =
        best.isEmpty() && code.size() == 1 && Synonyms.fit("name", code.get(0)) > SOME;
    if (best.isPresent() || codeIsName) {
      Column column = best.orElseGet(() -> code.get(0));
      proposed.object("properties").set("name", Proposed.source(column));
      proposed.reason("/properties/name", column + " is most like a name");
    } else {
      proposed.doubt("/properties/name", "no column was found; the codes become the names");
    }
  }

  private double nameScore(Column column, List<Column> code) {
    double fit = Synonyms.fit("name", column);
    String plain = column.plainName();
    String list = set.list() == null ? "" : Column.plain(set.list().value());
    boolean own = !list.isEmpty() && plain.equals(list);
    boolean part = plain.endsWith("name") || plain.endsWith("title");
    return (fit > 0 ? 2 + fit : own ? 2.5 : part ? 1.2 : 0)
        + 5 * sameNames(column, code)
        + column.uniqueness()
        + column.fill() / 10
        - (column.share(text -> text.startsWith("http")) > 0 ? 2 : 0)
        - (column.share(text -> Code.parse(text).isPresent()) == 1 ? 0.5 : 0);
  }

  /** The part of the lines whose item exists and has that name already. */
  private double sameNames(Column column, List<Column> code) {
    if (code.size() > 1) {
      return 0;
    }
    int known = 0;
    int same = 0;
    for (int line = 0; line < column.texts().size(); line++) {
      Optional<Lookup.Item> item = own.find(Lookup.Way.CODE, code.get(0).texts().get(line));
      known += item.isPresent() ? 1 : 0;
      String text = column.texts().get(line).toLowerCase(Locale.ROOT);
      same +=
          item.filter(stored -> stored.name().toLowerCase(Locale.ROOT).equals(text)).isPresent()
              ? 1
              : 0;
    }
    return known == 0 ? 0 : (double) same / known;
  }
}
