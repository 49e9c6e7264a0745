package io.refdata.api.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset.Details;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.write.Items;
import io.refdata.persistence.json.Members;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses the dataset in the body of a request. It checks each member and collects all faults. */
final class DatasetBody {
  private static final int MAX_NAME = 1000;
  private static final int MAX_DIMENSIONS = 20;
  private static final int MAX_PREMAKE = 100;

  /** 1,000 years: instants that far back are still within those of PostgreSQL. */
  private static final double MAX_DAYS = 1000 * 12 * 31;

  private static final String CODE_LISTS = "code-lists/";

  /**
   * Names that a dimension cannot have, because they have another meaning in queries for
   * observations, or in the columns of the answers. A dataset that is older than such a meaning
   * keeps its dimension.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "key",
          "from",
          "to",
          "last",
          "first",
          "asOf",
          "updatedAfter",
          "on",
          "limit",
          "after",
          "within",
          "format",
          "download",
          "bom",
          "shape",
          "time",
          "value",
          "status",
          "action",
          "coverage",
          "missing");

  private final List<Fault> faults = new ArrayList<>();
  private final Items items;
  private final Members body;
  private final Supplier<Set<String>> present;

  /**
   * The definition of a dataset without its code.
   *
   * @param name the name, never blank
   */
  record Definition(String name, Details details) {}

  private DatasetBody(JsonNode body, Items items, Supplier<Set<String>> present) {
    this.body = Members.of(body, faults);
    this.items = items;
    this.present = present;
  }

  /**
   * Parses a body. Absent members get their defaults.
   *
   * @param present gives the names of the dimensions that the dataset has; none if it is new
   * @throws InvalidItem that names every invalid member
   */
  static Definition parse(Code code, JsonNode body, Items items, Supplier<Set<String>> present) {
    return new DatasetBody(body, items, present).parse(code);
  }

  private Definition parse(Code code) {
    if (body.any("code").filter(given -> !given.asText().equals(code.value())).isPresent()) {
      body.fault("code", "differs from the code in the URL, and a code never changes");
    }
    body.require("name");
    body.require("frequency");
    body.require("dimensions");
    String name = body.filledText("name").orElse("");
    if (name.length() > MAX_NAME) {
      body.fault("name", "must not be longer than " + MAX_NAME + " characters");
    }
    Frequency frequency = body.oneOf("frequency", Frequency.class).orElse(Frequency.A);
    Details details =
        new Details(
            item("provider", Catalogue.PROVIDERS),
            item("unit", Catalogue.UNITS),
            frequency,
            dimensions(),
            partitioning(frequency),
            freshness(),
            body.oneOf("unknownCodes", UnknownCodes.class).orElse(UnknownCodes.REJECT),
            body.flag("public").orElse(false));
    body.end();
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return new Definition(name, details);
  }

  private <E extends Item> @Nullable E item(String member, ItemType<E> type) {
    Optional<Code> code = body.reference(member);
    Optional<E> item = code.flatMap(wanted -> items.find(type, wanted));
    if (code.isPresent() && item.isEmpty()) {
      body.fault(member, type.collection() + " has no item with the code " + code.get());
    }
    return item.orElse(null);
  }

  private List<Dimension> dimensions() {
    List<Members> given = body.objects("dimensions").orElse(null);
    if (given == null) {
      return List.of();
    }
    if (given.isEmpty() || given.size() > MAX_DIMENSIONS) {
      body.fault("dimensions", "must have from 1 to " + MAX_DIMENSIONS + " elements");
    }
    Set<String> codes = new HashSet<>();
    List<Dimension> dimensions = new ArrayList<>();
    for (Members one : given) {
      one.require("code");
      one.require("values");
      Optional<String> code = one.text("code").filter(name -> isNameFree(one, name, codes));
      Optional<String> values = one.text("values").filter(from -> exists(one, from));
      one.end();
      if (code.isPresent() && values.isPresent()) {
        dimensions.add(new Dimension(new Code(code.get()), values.get()));
      }
    }
    return dimensions;
  }

  private boolean isNameFree(Members dimension, String code, Set<String> others) {
    if (Code.parse(code).isEmpty()) {
      dimension.fault("code", "must be a code: 1 to 64 letters, digits and _ @ $ -");
    } else if (RESERVED.contains(code) && !present.get().contains(code)) {
      dimension.fault("code", "'" + code + "' means something else in queries");
    } else if (!others.add(code)) {
      dimension.fault("code", "another dimension is called '" + code + "' too");
    } else {
      return true;
    }
    return false;
  }

  private boolean exists(Members dimension, String values) {
    if (values.startsWith(CODE_LISTS)) {
      String list = values.substring(CODE_LISTS.length());
      if (Code.parse(list).flatMap(code -> items.find(Catalogue.CODE_LISTS, code)).isEmpty()) {
        dimension.fault("values", "there is no code list '" + list + "'");
        return false;
      }
    } else if (Catalogue.named(values).isEmpty()) {
      dimension.fault(
          "values", "must be code-lists/<code> or a collection: " + String.join(", ", names()));
      return false;
    }
    return true;
  }

  private static List<String> names() {
    return Catalogue.all().stream()
        .map(ItemType::collection)
        .filter(name -> Catalogue.named(name).isPresent())
        .toList();
  }

  private Partitioning partitioning(Frequency frequency) {
    Interval defaultInterval =
        switch (frequency) {
          case A, S, Q -> Interval.DECADE;
          case M, W, D -> Interval.YEAR;
          case H, N -> Interval.MONTH;
        };
    Members given = body.object("partitioning").orElse(null);
    if (given == null) {
      return new Partitioning(defaultInterval, 1, null, OnExpiry.DETACH);
    }
    Partitioning partitioning =
        new Partitioning(
            given.oneOf("interval", Interval.class).orElse(defaultInterval),
            given.wholeNumber("premake", 0, MAX_PREMAKE).orElse(1),
            duration(given, "retention"),
            given.oneOf("onExpiry", OnExpiry.class).orElse(OnExpiry.DETACH));
    given.end();
    return partitioning;
  }

  private Freshness freshness() {
    Members given = body.object("freshness").orElse(null);
    if (given == null) {
      return new Freshness(null, null);
    }
    Freshness freshness = new Freshness(duration(given, "warnAfter"), duration(given, "failAfter"));
    given.end();
    if (isLater(freshness.warnAfter(), freshness.failAfter())) {
      given.fault("failAfter", "must not be shorter than warnAfter");
    }
    return freshness;
  }

  private static boolean isLater(@Nullable String warn, @Nullable String fail) {
    return warn != null && fail != null && days(warn) > days(fail) && days(fail) > 0;
  }

  private static @Nullable String duration(Members members, String name) {
    String text = members.text(name).orElse(null);
    if (text != null) {
      double days = days(text);
      if (days <= 0) {
        members.fault(name, "must be an ISO 8601 duration like P40D, P1Y6M or PT1H");
      } else if (days > MAX_DAYS) {
        members.fault(name, "must not be longer than 1,000 years");
      }
    }
    return text;
  }

  /** The days of a duration, a month as 31 and a year as 12 of them; 0 if it is none. */
  private static double days(String text) {
    try {
      Period period = Period.parse(text);
      return period.isNegative() ? 0 : period.getDays() + period.toTotalMonths() * 31.0;
    } catch (DateTimeException | ArithmeticException e) {
      return timeDays(text);
    }
  }

  private static double timeDays(String text) {
    try {
      return Duration.parse(text).toSeconds() / (double) Duration.ofDays(1).toSeconds();
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }
}
