package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.proposal.sample.Column;
import io.refdata.batch.proposal.sample.NumberTexts;
import io.refdata.batch.proposal.sample.Numeric;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.batch.proposal.sample.Words;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutProposals.Hints;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Finds the source of each dimension by looking up what texts of the file name. */
final class DimensionFinder {
  private static final double HALF = 0.5;
  private static final double NEARLY_ALL = 0.9;
  private static final Set<String> MEASURES =
      Set.of("indicator", "variable", "measure", "series", "item", "instrument");

  private final Jdbi jdbi;
  private final Dataset dataset;
  private final Numeric numeric;
  private final Hints hints;
  private final Proposed proposed;
  private final Map<String, Lookup> lookups = new LinkedHashMap<>();
  private final List<Column> used = new ArrayList<>();

  private record Match(Dimension dimension, Column column, Lookup.Best best, double score) {}

  DimensionFinder(Jdbi jdbi, Dataset dataset, Numeric numeric, Hints hints, Proposed proposed) {
    this.jdbi = jdbi;
    this.dataset = dataset;
    this.numeric = numeric;
    this.hints = hints;
    this.proposed = proposed;
  }

  /** The columns that dimensions read. */
  List<Column> used() {
    return used;
  }

  /**
   * Finds the sources.
   *
   * @param free the columns that have no use yet; those that get one are removed
   * @param values whether these are columns of values too
   * @return whether headers name a dimension
   */
  boolean find(List<Column> free, boolean values) {
    look(free);
    proposed.object("dimensions");
    List<Dimension> open = new ArrayList<>(dataset.dimensions());
    Optional<Match> match;
    while ((match = best(open, free)).isPresent()) {
      open.remove(match.get().dimension());
      take(match.get(), free);
    }
    boolean wide = false;
    open.sort(
        java.util.Comparator.comparing(dimension -> !MEASURES.contains(dimension.code().value())));
    for (Dimension dimension : open) {
      if (values && !wide && inHeaders(dimension, free)) {
        wide = true;
      } else {
        withoutColumn(dimension, free);
      }
    }
    return wide;
  }

  private void look(List<Column> free) {
    Set<String> texts = new LinkedHashSet<>(candidates());
    for (Column column : free) {
      texts.add(column.name());
      texts.addAll(column.distinct());
    }
    for (Dimension dimension : dataset.dimensions()) {
      lookups.computeIfAbsent(dimension.values(), absent -> Lookup.of(jdbi, set(dimension), texts));
    }
  }

  /** The texts that a constant may be: the dataset, or a word of the file's name. */
  private List<String> candidates() {
    List<String> texts = new ArrayList<>(List.of(dataset.code().value(), dataset.name()));
    if (hints.name() != null) {
      texts.addAll(Words.of(hints.name()));
    }
    return texts;
  }

  private static ItemSet set(Dimension dimension) {
    return dimension.listed()
        ? ItemSet.ofList(dimension.list())
        : ItemSet.named(dimension.values()).orElseThrow();
  }

  private Lookup lookup(Dimension dimension) {
    return java.util.Objects.requireNonNull(lookups.get(dimension.values()));
  }

  private Optional<Match> best(List<Dimension> open, List<Column> free) {
    Match best = null;
    for (Dimension dimension : open) {
      for (Column column : free) {
        Lookup.Best found = lookup(dimension).best(column.distinct());
        double similarity = similarity(dimension, column);
        double needed = numeric.is(column) ? NEARLY_ALL : similarity == 1 ? 0.2 : HALF;
        double score =
            found.share()
                + similarity / 4
                + column.fill() / 10
                + (found.way().match() == null ? 0.15 : 0);
        boolean counted = numeric.is(column) && similarity == 0 && !mayBeCodes(column);
        if (!counted && found.share() >= needed && (best == null || score > best.score())) {
          best = new Match(dimension, column, found, score);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Few small numbers are codes of something by chance. */
  private static boolean mayBeCodes(Column column) {
    return Synonyms.fit("m49", column) > 0
        || Synonyms.fit("region", column) > 0
        || column.plainName().endsWith("code")
        || column.plainName().endsWith("id");
  }

  private static double similarity(Dimension dimension, Column column) {
    String name = Column.plain(dimension.code().value());
    String plural = Column.plain(dimension.values());
    String values = plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    String plain = column.plainName();
    return plain.equals(name) ? 1 : plain.contains(name) || plain.contains(values) ? HALF : 0;
  }

  private void take(Match match, List<Column> free) {
    Column column = match.column();
    Lookup.Way way = match.best().way();
    String name = match.dimension().code().value();
    String pointer = Proposed.pointer("dimensions", name);
    ObjectNode source = Proposed.source(column);
    way.putTo(source);
    use(name, source, column, free);
    Lookup lookup = lookup(match.dimension());
    List<String> unknown =
        column.distinct().stream().filter(text -> lookup.find(way, text).isEmpty()).toList();
    proposed.reason(
        pointer,
        "%d of the %d texts in %s name %s by %s"
            .formatted(
                column.distinct().size() - unknown.size(),
                column.distinct().size(),
                column,
                match.dimension().values(),
                way));
    if (!unknown.isEmpty() && dataset.unknownCodes() == UnknownCodes.REJECT) {
      proposed.layout().put("unknown", "IGNORE");
      proposed.doubt(
          pointer,
          "%d of %d texts name no %s by %s: %s; their lines are left out"
              .formatted(
                  unknown.size(), column.distinct().size(), name, way, NumberTexts.some(unknown)));
    }
  }

  private void use(String dimension, ObjectNode source, Column column, List<Column> free) {
    proposed.object("dimensions").set(dimension, source);
    free.remove(column);
    used.add(column);
  }

  /** Whether the headers of columns of numbers name the values of a dimension. */
  private boolean inHeaders(Dimension dimension, List<Column> free) {
    List<Column> numbers =
        free.stream().filter(column -> column.fill() == 0 || numeric.is(column)).toList();
    List<String> headers = numbers.stream().map(Column::name).toList();
    Lookup.Best found = lookup(dimension).best(headers);
    boolean most = numbers.size() > 1 && found.share() >= HALF;
    boolean many =
        numbers.size() > 2
            && creatable(dimension)
            && headers.stream().noneMatch(name -> Column.plain(name).contains("value"));
    if (!most && !many) {
      return false;
    }
    ObjectNode source = JsonNodeFactory.instance.objectNode().put("header", true);
    String name = dimension.code().value();
    String pointer = Proposed.pointer("dimensions", name);
    if (found.share() > 0) {
      found.way().putTo(source);
    }
    boolean codes = headers.stream().allMatch(text -> Code.parse(text).isPresent());
    if (found.share() == 0 && !codes) {
      source.put("as", "CODE");
    }
    List<String> unknown =
        headers.stream()
            .filter(text -> lookup(dimension).find(found.way(), text).isEmpty())
            .toList();
    if (!unknown.isEmpty() && creatable(dimension) && found.way().match() == null) {
      source.put("create", true);
    }
    proposed.object("dimensions").set(name, source);
    proposed.reason(
        pointer + "/header",
        "the headers of %d columns of numbers, of which %d name %s"
            .formatted(headers.size(), headers.size() - unknown.size(), dimension.values()));
    if (!unknown.isEmpty()) {
      proposed.doubt(
          pointer, "%s has none of %s".formatted(dimension.values(), NumberTexts.some(unknown)));
    }
    return true;
  }

  private boolean creatable(Dimension dimension) {
    return set(dimension).type().requiredToCreate().isEmpty();
  }

  /** A constant, or else the column that is most like it. */
  private void withoutColumn(Dimension dimension, List<Column> free) {
    String name = dimension.code().value();
    String pointer = Proposed.pointer("dimensions", name);
    List<String> candidates = new ArrayList<>(candidates());
    free.stream().filter(numeric::is).map(Column::name).forEach(candidates::add);
    for (String candidate : candidates) {
      Lookup.Best named = lookup(dimension).best(List.of(candidate));
      if (named.share() == 1) {
        String code = lookup(dimension).find(named.way(), candidate).orElseThrow().code();
        proposed.object("dimensions").set(name, Proposed.constant(code));
        proposed.reason(pointer, "no column names it, but '%s' does".formatted(candidate));
        return;
      }
    }
    boolean created = creatable(dimension) || dataset.unknownCodes() == UnknownCodes.CREATE;
    Optional<Column> column =
        free.stream()
            .filter(text -> !numeric.is(text) && text.fill() > HALF && !isLabel(text))
            .max(
                java.util.Comparator.comparing(
                    (Column text) ->
                        2 * similarity(dimension, text) + text.fill() - text.uniqueness()));
    if (column.isPresent()) {
      ObjectNode source = Proposed.source(column.get());
      if (column.get().share(text -> Code.parse(text).isPresent()) < 1) {
        source.put("as", "CODE");
      }
      create(source, created);
      proposed.doubt(
          pointer,
          "no text in %s names %s%s"
              .formatted(
                  column.get(), dimension.values(), created ? " yet: they are created" : ""));
      use(name, source, column.get(), free);
      return;
    }
    ObjectNode source = Proposed.constant(dataset.code().value());
    create(source, created);
    proposed.object("dimensions").set(name, source);
    proposed.doubt(
        pointer,
        "no column names %s; the code of the dataset is a guess".formatted(dimension.values()));
  }

  private void create(ObjectNode source, boolean created) {
    if (created) {
      source.put("create", true);
    }
  }

  /** Whether a column only says in other words what one says that a dimension reads. */
  private boolean isLabel(Column column) {
    return used.stream()
        .anyMatch(
            other -> {
              Collection<String> pairs = new HashSet<>();
              for (int i = 0; i < column.texts().size(); i++) {
                pairs.add(column.texts().get(i) + "\0" + other.texts().get(i));
              }
              return pairs.size() <= other.distinct().size() + 1;
            });
  }
}
