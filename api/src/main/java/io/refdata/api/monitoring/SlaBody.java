package io.refdata.api.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.route.Route;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.Members;
import io.refdata.persistence.sla.Sla;
import io.refdata.persistence.sla.Sla.Kind;
import io.refdata.persistence.sla.Slas;
import io.refdata.settings.Setting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Parses the SLA in the body of a request. It checks each member and collects all faults. */
final class SlaBody {
  private static final double NANOS_A_MILLISECOND = 1e6;
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final List<Fault> faults = new ArrayList<>();
  private final Members body;
  private final Existing existing;

  private SlaBody(JsonNode body, Existing existing) {
    this.body = Members.of(body, faults);
    this.existing = existing;
  }

  /** Whether there is a dataset, or a layout, of a code. */
  record Existing(Predicate<Code> datasets, Predicate<Code> layouts) {}

  /**
   * Parses a body.
   *
   * @throws InvalidItem that names every invalid member
   */
  static Sla parse(Code name, JsonNode body, Existing existing) {
    return new SlaBody(body, existing).parse(name);
  }

  private Sla parse(Code name) {
    if (body.any("name").filter(given -> !given.asText().equals(name.value())).isPresent()) {
      body.fault("name", "differs from the name in the URL");
    }
    body.require("kind");
    body.require("objective");
    body.require("window");
    Kind kind = body.oneOf("kind", Kind.class).orElse(null);
    double objective =
        number("objective", value -> value > 0 && value < 1, "a number above 0 and below 1", 0.5);
    String window = body.text("window").orElse("P1D");
    Duration time = window(window);
    Sla sla = kind == null ? anything(objective, window) : of(kind, objective, window, time);
    body.end();
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return sla;
  }

  /** Lets all members pass: the kind is wrong, so it is not known which are. */
  private Sla anything(double objective, String window) {
    for (String member : List.of("dataset", "layout", "route", "bound", "boundMs", "least")) {
      body.any(member);
    }
    return new Sla(Kind.QUALITY, null, null, null, objective, window, 0, null, null, null);
  }

  private Sla of(Kind kind, double objective, String window, Duration time) {
    long seconds = time.toSeconds();
    return switch (kind) {
      case LOAD_DURATION -> {
        String dataset = dataset();
        String layout = existing("layout", existing.layouts());
        if (body.any("dataset").isPresent() == body.any("layout").isPresent()) {
          body.fault("dataset", "give either this or layout");
        }
        String bound = required("bound");
        yield new Sla(
            kind, dataset, layout, null, objective, window, seconds, bound, bound(bound), null);
      }
      case FRESHNESS ->
          new Sla(
              kind, requiredDataset(), null, null, objective, window, seconds, null, null, null);
      case QUALITY -> {
        body.require("least");
        double least =
            number("least", value -> value >= 0 && value <= 100, "a number from 0 to 100", 0);
        yield new Sla(
            kind, requiredDataset(), null, null, objective, window, seconds, null, null, least);
      }
      case REQUEST_LATENCY -> {
        body.require("boundMs");
        double bound =
            number("boundMs", Slas.LATENCIES_MS::contains, "one of " + Slas.LATENCIES_MS, 1);
        yield new Sla(kind, null, null, route(), objective, window, seconds, null, bound, null);
      }
      case REQUEST_ERRORS ->
          new Sla(kind, null, null, route(), objective, window, seconds, null, null, null);
    };
  }

  private String required(String member) {
    body.require(member);
    return body.text(member).orElse("PT1S");
  }

  private @Nullable String requiredDataset() {
    body.require("dataset");
    return dataset();
  }

  private @Nullable String dataset() {
    return existing("dataset", existing.datasets());
  }

  /** The code of a thing that exists: an SLA of another would never be measured. */
  private @Nullable String existing(String member, Predicate<Code> exists) {
    Code code = body.reference(member).orElse(null);
    if (code != null && !exists.test(code)) {
      body.fault(member, "there is no " + member + " " + code);
    }
    return code == null ? null : code.value();
  }

  /** The address of a request, as {@link Route} has it. */
  private @Nullable String route() {
    body.require("route");
    String route = body.text("route").orElse(null);
    if (route != null
        && Arrays.stream(Route.values())
            .noneMatch(each -> (Route.ROOT + each.template()).equals(route))) {
      body.fault(
          "route",
          "is no address; such are /api/v1/datasets/{code}/observations and, for all collections,"
              + " /api/v1/{collection}");
    }
    return route;
  }

  private double number(String member, DoublePredicate fits, String expected, double otherwise) {
    JsonNode value = body.any(member).orElse(null);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || !fits.test(value.asDouble())) {
      body.fault(member, "must be " + expected);
      return otherwise;
    }
    return value.asDouble();
  }

  private double bound(String text) {
    Duration bound = duration(text);
    if (bound == null || bound.isNegative() || bound.isZero() || bound.toDays() > 366) {
      body.fault("bound", "must be an ISO 8601 duration like PT10M, at most P366D");
      return 1;
    }
    return bound.toNanos() / NANOS_A_MILLISECOND;
  }

  private Duration window(String text) {
    Duration longest = Setting.SLA_WINDOW.time();
    Duration window = duration(text);
    if (window == null || window.compareTo(SHORTEST) < 0 || window.compareTo(longest) > 0) {
      body.fault("window", "must be a time like P30D, P4W or PT12H, from PT1H to " + longest);
      return SHORTEST;
    }
    return window;
  }

  /** A time without months, whose length varies; null if it is none. */
  private static @Nullable Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      return weeks(text);
    }
  }

  private static @Nullable Duration weeks(String text) {
    try {
      Period period = Period.parse(text);
      return period.toTotalMonths() == 0
          ? Duration.ofDays(LocalDate.EPOCH.plus(period).toEpochDay())
          : null;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
