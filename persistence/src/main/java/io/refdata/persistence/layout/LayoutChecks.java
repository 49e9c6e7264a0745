package io.refdata.persistence.layout;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimePattern;
import io.refdata.persistence.dataset.Datasets;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a definition makes sense: in itself, and for its target dataset or collection. Each
 * pointer gets at most one fault.
 */
final class LayoutChecks {
  private final LayoutDefinition definition;
  private final Datasets datasets;
  private final Predicate<Code> codeLists;
  private final List<Fault> faults;
  private final Set<String> faulted;

  private LayoutChecks(
      LayoutDefinition definition,
      Datasets datasets,
      Predicate<Code> codeLists,
      List<Fault> faults) {
    this.definition = definition;
    this.datasets = datasets;
    this.codeLists = codeLists;
    this.faults = faults;
    this.faulted =
        faults.stream().map(Fault::pointer).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * @param codeLists true for the code of a code list that exists
   */
  static void check(
      LayoutDefinition definition,
      Datasets datasets,
      Predicate<Code> codeLists,
      List<Fault> faults) {
    LayoutChecks checks = new LayoutChecks(definition, datasets, codeLists, faults);
    checks.format();
    checks.sources().forEach(checks::source);
    checks.target();
  }

  private void format() {
    String delimiter = definition.delimiter();
    if (delimiter != null && (delimiter.length() != 1 || "\"\r\n".contains(delimiter))) {
      fault("/delimiter", "must be one character, no quote and no line end");
    }
    if (definition.encoding() != null && !supported(definition.encoding())) {
      fault("/encoding", "must be a character set like UTF-8, ISO-8859-1 or windows-1252");
    }
    if (definition.value() != null && definition.values() != null) {
      fault("/values", "is for wide files, value for long ones: a layout has one of them");
    }
    if (definition.values() != null
        && definition.values().include() != null
        && definition.values().exclude() != null) {
      fault("/values", "has include or exclude, not both");
    }
  }

  private static boolean supported(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  private Map<String, Source> sources() {
    Map<String, Source> sources = new LinkedHashMap<>();
    put(sources, "/time", definition.time());
    put(sources, "/value", definition.value());
    put(sources, "/status", definition.status());
    entries(definition.dimensions())
        .forEach((name, source) -> put(sources, pointer("dimensions", name), source));
    entries(definition.properties())
        .forEach((name, source) -> put(sources, pointer("properties", name), source));
    return sources;
  }

  private static void put(Map<String, Source> sources, String pointer, @Nullable Source source) {
    if (source != null) {
      sources.put(pointer, source);
    }
  }

  private static Map<String, Source> entries(@Nullable Map<String, Source> sources) {
    return sources == null ? Map.of() : sources;
  }

  private void source(String pointer, Source source) {
    int given =
        (source.column() == null ? 0 : 1)
            + (source.constant() == null ? 0 : 1)
            + (source.header() == null ? 0 : 1);
    boolean faultyPart =
        faulted.stream()
            .anyMatch(
                List.of(pointer + "/column", pointer + "/constant", pointer + "/header")::contains);
    if (given != 1 && !(given == 0 && faultyPart)) {
      fault(pointer, "must have one of column, constant and header");
    }
    if (source.header() instanceof String expression) {
      header(pointer + "/header", expression);
    }
    if (source.pattern() != null) {
      pattern(pointer, source.pattern(), source.locale());
    } else if (source.locale() != null) {
      fault(pointer + "/locale", "is for a pattern, and there is none");
    }
    if (source.within() && !pointer.equals("/time")) {
      fault(pointer + "/within", "is for the time");
    }
  }

  private Optional<TimePattern> pattern(String pointer, String pattern, @Nullable String locale) {
    try {
      return Optional.of(TimePattern.of(pattern, locale));
    } catch (IllegalArgumentException e) {
      fault(pointer + "/pattern", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void header(String pointer, String expression) {
    try {
      HeaderExpression.of(expression);
    } catch (IllegalArgumentException e) {
      fault(pointer, String.valueOf(e.getMessage()));
    }
  }

  private void target() {
    String into = definition.into();
    Optional<String> dataset = definition.dataset();
    if (dataset.isPresent()) {
      Code.parse(dataset.get())
          .flatMap(datasets::find)
          .ifPresentOrElse(
              this::dataset, () -> fault("/into", "there is no dataset '" + dataset.get() + "'"));
      return;
    }
    ItemSet.named(into)
        .ifPresentOrElse(
            this::collection,
            () ->
                fault(
                    "/into",
                    "must be datasets/<code>, code-lists/<code>/codes or a collection: "
                        + Catalogue.all().stream()
                            .map(ItemType::collection)
                            .filter(name -> Catalogue.named(name).isPresent())
                            .collect(Collectors.joining(", "))));
  }

  private void dataset(Dataset dataset) {
    List<String> dimensions =
        dataset.dimensions().stream().map(Dimension::code).map(Code::value).toList();
    List<String> missing = new ArrayList<>(dimensions);
    missing.removeAll(entries(definition.dimensions()).keySet());
    for (String dimension : missing) {
      fault(
          definition.dimensions() == null ? "/dimensions" : pointer("dimensions", dimension),
          "the dimension " + dimension + " of " + dataset.code() + " has no source");
    }
    checkNames(
        "dimensions", entries(definition.dimensions()).keySet(), dimensions, dataset.toString());
    checkNames("scope", scope(), dimensions, dataset.toString());
    if (definition.time() == null) {
      fault("/time", "is missing");
    } else if (definition.time().pattern() != null) {
      pattern("/time", definition.time().pattern(), definition.time().locale())
          .flatMap(pattern -> pattern.lacksFor(dataset.frequency()))
          .ifPresent(
              lacking ->
                  fault(
                      "/time/pattern",
                      "does not tell "
                          + lacking
                          + ", which "
                          + dataset.frequency().adjective()
                          + " data needs"));
    }
    boolean wide =
        definition.values() != null
            || sources().values().stream().anyMatch(source -> source.header() != null);
    if (definition.value() == null && !wide) {
      fault("/value", "is missing, and neither values nor a header makes it a wide file");
    }
    withoutHeader("/value", definition.value());
    withoutHeader("/status", definition.status());
    plain("/time", definition.time());
    plain("/value", definition.value());
    plain("/status", definition.status());
    if (definition.properties() != null) {
      fault("/properties", "is for collections; a dataset has dimensions");
    }
  }

  private void withoutHeader(String pointer, @Nullable Source source) {
    if (source != null && source.header() != null) {
      fault(pointer + "/header", "is not allowed here");
    }
  }

  /**
   * Checks that a source that names no item has no members about items, and a pattern only a time.
   */
  private void plain(String pointer, @Nullable Source source) {
    if (source == null) {
      return;
    }
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("as", source.as() != null);
    given.put("match", source.match() != null);
    given.put("create", source.create());
    given.put("map", source.map() != null && !pointer.equals("/status"));
    given.put("pattern", source.pattern() != null && !pointer.equals("/time"));
    given.forEach(
        (member, there) -> {
          if (there) {
            fault(pointer + "/" + member, "means nothing here");
          }
        });
  }

  private void collection(ItemSet into) {
    if (into.list() != null && !codeLists.test(into.list())) {
      fault("/into", "there is no code list '" + into.list() + "'");
      return;
    }
    new CollectionChecks(definition, into, this::fault).check();
  }

  private Set<String> scope() {
    return definition.scope() == null ? Set.of() : definition.scope().keySet();
  }

  private void checkNames(
      String member, Set<String> names, List<String> dimensions, String target) {
    for (String name : names) {
      if (!dimensions.contains(name)) {
        fault(
            pointer(member, name),
            target + " has no such dimension; the dimensions are " + String.join(", ", dimensions));
      }
    }
  }

  static String pointer(String member, String name) {
    return "/" + member + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private void fault(String pointer, String detail) {
    if (faulted.add(pointer)) {
      faults.add(new Fault(pointer, detail));
    }
  }
}
