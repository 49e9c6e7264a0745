package io.refdata.persistence.layout;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import io.refdata.domain.layout.TimePattern;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.layout.SourceChecks.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    checks.wide();
    Map<String, Source> sources = checks.sources();
    new FormChecks(definition, checks::fault).check(sources);
    checks.target();
  }

  private void wide() {
    if (definition.value() != null && definition.values() != null) {
      fault("/values", "is for wide files, value for long ones: a layout has one of them");
    }
    if (definition.values() != null
        && definition.values().include() != null
        && definition.values().exclude() != null) {
      fault("/values", "has include or exclude, not both");
    } else if (definition.values() != null
        && definition.values().include() != null
        && definition.values().include().isEmpty()) {
      fault("/values/include", "must name at least one column");
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

  private void source(String pointer, @Nullable Source source, Use use) {
    if (source == null) {
      return;
    }
    boolean faulty =
        faulted.stream()
            .anyMatch(
                List.of(
                        pointer + "/column",
                        pointer + "/columns",
                        pointer + "/constant",
                        pointer + "/header")
                    ::contains);
    new SourceChecks(definition, pointer, source, this::fault).check(use, faulty);
  }

  private void target() {
    String into = definition.into();
    Optional<String> dataset = definition.dataset();
    if (dataset.isPresent()) {
      Optional<Dataset> stored = Code.parse(dataset.get()).flatMap(datasets::find);
      stored.ifPresentOrElse(
          this::names, () -> fault("/into", "there is no dataset '" + dataset.get() + "'"));
      observations();
      stored.ifPresent(this::values);
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

  /** Checks what the members are called, by the dimensions of a dataset. */
  private void names(Dataset dataset) {
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
  }

  /** Checks what does not depend on the dataset. */
  private void observations() {
    if (definition.time() == null) {
      fault("/time", "is missing");
    }
    source("/time", definition.time(), Use.TIME);
    source("/value", definition.value(), Use.VALUE);
    if (definition.value() != null
        && definition.value().constant() != null
        && definition.value().number().scaleColumn() != null) {
      fault("/value/scale", "must be a number, since the value is a constant");
    }
    source("/status", definition.status(), Use.STATUS);
    entries(definition.dimensions())
        .forEach((name, source) -> source(pointer("dimensions", name), source, Use.CODE));
    boolean wide =
        definition.values() != null
            || sources().values().stream().anyMatch(source -> source.header() != null);
    if (definition.value() == null && !wide) {
      fault("/value", "is missing, and neither values nor a header makes it a wide file");
    }
    withoutHeader("/value", definition.value());
    boolean inHeaders =
        Stream.concat(
                Stream.ofNullable(definition.time()),
                entries(definition.dimensions()).values().stream())
            .anyMatch(source -> source.header() != null);
    if (inHeaders && definition.value() != null && definition.values() == null) {
      fault("/value", "is for long files; here the headers say what each column has");
    }
    if (!wide) {
      withoutHeader("/status", definition.status());
    }
    if (definition.properties() != null) {
      fault("/properties", "is for collections; a dataset has dimensions");
    }
  }

  /** Checks how the values of a dataset's dimensions, and its times, are read. */
  private void values(Dataset dataset) {
    entries(definition.dimensions()).forEach((name, source) -> match(dataset, name, source));
    if (definition.time() != null) {
      time(dataset.frequency(), definition.time().time());
    }
  }

  private void match(Dataset dataset, String name, Source source) {
    String match = source.match();
    if (match != null) {
      dataset.dimensions().stream()
          .filter(dimension -> dimension.code().value().equals(name))
          .findFirst()
          .map(dimension -> dimension.listed() ? Catalogue.CODES : typeOf(dimension))
          .flatMap(type -> MatchedProperty.fault(type, match))
          .ifPresent(detail -> fault(pointer("dimensions", name) + "/match", detail));
    }
  }

  private static ItemType<?> typeOf(Dimension dimension) {
    return ItemSet.named(dimension.values()).orElseThrow().type();
  }

  private void time(Frequency frequency, TimeForm form) {
    if (form.pattern() != null) {
      pattern(form)
          .flatMap(pattern -> pattern.lacksFor(frequency))
          .ifPresent(
              lacking ->
                  fault(
                      "/time/pattern",
                      "does not tell "
                          + lacking
                          + ", which "
                          + frequency.adjective()
                          + " data needs"));
    }
    if (form.local() && frequency != Frequency.H && frequency != Frequency.N) {
      fault("/time/zone", "is for hours and instants; " + frequency.adjective() + " data has days");
    }
    if (form.fiscal() != null
        && List.of(Frequency.W, Frequency.D, Frequency.H, Frequency.N).contains(frequency)) {
      fault("/time/fiscal", "is for years, halves, quarters and months");
    } else if (form.fiscal() != null && !beginsPeriod(frequency, form.fiscal())) {
      fault(
          "/time/fiscal",
          "must be a month that begins one of the calendar's, since "
              + frequency.adjective()
              + " data has those");
    }
  }

  /** Whether a month begins a half or a quarter of the calendar. */
  private static boolean beginsPeriod(Frequency frequency, String fiscal) {
    int months = frequency == Frequency.S ? 6 : frequency == Frequency.Q ? 3 : 1;
    String digits = fiscal.startsWith("-") ? fiscal.substring(1) : fiscal;
    return !Digits.are(digits, 2) || (Integer.parseInt(digits) - 1) % months == 0;
  }

  /** Empty if it is none, which is named already. */
  private static Optional<TimePattern> pattern(TimeForm form) {
    try {
      return Optional.of(TimePattern.of(form));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void withoutHeader(String pointer, @Nullable Source source) {
    if (source != null && source.header() != null) {
      fault(pointer + "/header", "is not allowed here");
    }
  }

  private void collection(ItemSet into) {
    if (into.list() != null && !codeLists.test(into.list())) {
      fault("/into", "there is no code list '" + into.list() + "'");
      return;
    }
    new CollectionChecks(definition, into, this::source, this::fault).check();
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
