package io.refdata.persistence.layout;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import io.refdata.domain.layout.TimePattern;
import io.refdata.persistence.layout.SourceChecks.Use;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that a definition makes sense for its target collection. */
final class CollectionChecks {
  private final LayoutDefinition definition;
  private final ItemType<?> type;
  private final ItemSet into;
  private final SourceCheck sources;
  private final BiConsumer<String, String> faults;

  /** Checks a source for what it is the source of. */
  interface SourceCheck {
    void check(String pointer, Source source, Use use);
  }

  /**
   * @param faults takes a pointer and a description of the fault there
   */
  CollectionChecks(
      LayoutDefinition definition,
      ItemSet into,
      SourceCheck sources,
      BiConsumer<String, String> faults) {
    this.definition = definition;
    this.type = into.type();
    this.into = into;
    this.sources = sources;
    this.faults = faults;
  }

  void check() {
    Map<String, @Nullable Object> datasetOnly = new LinkedHashMap<>();
    datasetOnly.put("/time", definition.time());
    datasetOnly.put("/dimensions", definition.dimensions());
    datasetOnly.put("/value", definition.value());
    datasetOnly.put("/values", definition.values());
    datasetOnly.put("/status", definition.status());
    datasetOnly.forEach(
        (pointer, member) -> {
          if (member != null) {
            faults.accept(pointer, "is for datasets; " + into + " have properties");
          }
        });
    if (definition.properties() == null) {
      faults.accept("/properties", "is missing");
    } else if (!definition.properties().containsKey("code")) {
      faults.accept("/properties/code", "is missing: it says which item a line is about");
    }
    definition.propertySources().forEach(this::source);
    if (definition.scope() != null) {
      definition.scope().forEach(this::scope);
    }
  }

  private void source(String name, Source source) {
    String pointer = LayoutChecks.pointer("properties", name);
    if (source.header() != null) {
      faults.accept(pointer + "/header", "is not allowed here");
    }
    int dot = name.indexOf('.');
    Optional<Property> property = type.shown(dot < 0 ? name : name.substring(0, dot));
    if (property.isEmpty() || (dot >= 0 && property.get().kind() != PropertyKind.IDENTIFIERS)) {
      faults.accept(pointer, unknown());
      return;
    }
    sources.check(pointer, source, dot >= 0 ? Use.TEXT : use(property.get()));
    if (dot >= 0) {
      scheme(pointer, property.get(), name.substring(dot + 1));
    } else {
      reference(pointer, property.get(), source);
      pattern(pointer + "/pattern", source.time());
    }
  }

  private Use use(Property property) {
    return switch (property.kind()) {
      case NUMBER, INTEGER -> Use.NUMBER;
      case DAY, YEAR_OR_DAY -> Use.DAY;
      default -> property == type.code() || target(property).isPresent() ? Use.CODE : Use.TEXT;
    };
  }

  /** A pattern that is none was named before. */
  private void pattern(String pointer, TimeForm form) {
    if (form.pattern() == null) {
      return;
    }
    try {
      if (!TimePattern.of(form).tellsDayOrYear()) {
        faults.accept(pointer, "must tell a day, or a year alone");
      }
    } catch (IllegalArgumentException e) {
      faults.accept(pointer, String.valueOf(e.getMessage()));
    }
  }

  private void scheme(String pointer, Property property, String scheme) {
    if (Code.parse(scheme).isEmpty()) {
      faults.accept(
          pointer, "'" + scheme + "' is no name of a scheme: 1 to 64 letters, digits and _ @ $ -");
    } else if (definition.propertySources().containsKey(property.name())) {
      faults.accept(pointer, property.name() + " is already read as a whole");
    }
  }

  /**
   * Checks that the members {@code create} and {@code match} stand only in sources of references,
   * and that missing items can be created.
   */
  private void reference(String pointer, Property property, Source source) {
    Optional<ItemType<?>> target = target(property);
    if (target.isEmpty() && (source.create() || source.matches())) {
      faults.accept(
          pointer + (source.create() ? "/create" : "/match"),
          property.name() + " refers to no item");
      return;
    }
    if (source.match() != null && source.match().contains(".") && target.get() == type) {
      faults.accept(
          pointer + "/match",
          "cannot be an identifier: the item may be in another line of the file");
    } else if (source.match() != null) {
      MatchedProperty.fault(target.get(), source.match())
          .ifPresent(detail -> faults.accept(pointer + "/match", detail));
    }
    if (source.create() && property.lists().size() > 1) {
      faults.accept(
          pointer + "/create", "cannot be true: a new code could be of more than one code list");
    } else if (source.create()) {
      String lacking =
          target.get().requiredToCreate().stream()
              .map(Property::name)
              .collect(Collectors.joining(", "));
      if (!lacking.isEmpty()) {
        faults.accept(
            pointer + "/create",
            "cannot be true: %s cannot be created without %s".formatted(target.get(), lacking));
      }
    }
  }

  private static Optional<ItemType<?>> target(Property property) {
    if (property.isReference()) {
      return Optional.of(Catalogue.of(property.target()));
    }
    return property.isListed() ? Optional.of(Catalogue.CODES) : Optional.empty();
  }

  private void scope(String name, String value) {
    Optional<Property> property = type.shown(name);
    if (property.isEmpty()) {
      faults.accept(LayoutChecks.pointer("scope", name), unknown());
    } else if (property.get().parse(value).isEmpty()) {
      faults.accept(LayoutChecks.pointer("scope", name), "must be " + property.get().expectation());
    }
  }

  private String unknown() {
    return into
        + " has no such property; the properties are "
        + type.shown().stream()
            .map(
                property ->
                    property.kind() == PropertyKind.IDENTIFIERS
                        ? property.name() + " or " + property.name() + ".<scheme>"
                        : property.name())
            .collect(Collectors.joining(", "));
  }
}
