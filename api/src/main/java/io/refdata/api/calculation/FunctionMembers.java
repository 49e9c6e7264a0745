package io.refdata.api.calculation;

import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Crossings;
import io.refdata.domain.calculation.Envelope;
import io.refdata.domain.calculation.FunctionName;
import io.refdata.domain.calculation.Line;
import io.refdata.persistence.json.Members;
import io.refdata.settings.Setting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Parses the functions of a calculation. */
final class FunctionMembers {
  /** The name of the member that holds them. */
  static final String NAME = "functions";

  private static final int DECIMALS = 6;
  private static final int MOST = (int) Setting.CALCULATION_FUNCTIONS.number();
  private static final int LONGEST = (int) Setting.DERIVATION_WINDOW.number();
  private static final double WIDEST = 100;
  private static final String BARS = "n";
  private static final String PERCENT = "percent";

  private FunctionMembers() {}

  /** Reads them; each fault is added to those of the body. */
  static List<BarFunction> read(Members body) {
    List<Members> given = body.objects(NAME).orElse(null);
    if (given == null) {
      return List.of();
    } else if (given.isEmpty() || given.size() > MOST) {
      body.fault(NAME, "must have from 1 to %,d elements".formatted(MOST));
      return List.of();
    }
    List<BarFunction> functions = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (Members one : given) {
      Optional<BarFunction> function = function(one);
      one.end();
      if (function.isPresent() && !labels.add(function.get().label())) {
        one.fault("is asked for twice");
      }
      function.ifPresent(functions::add);
    }
    return functions;
  }

  private static Optional<BarFunction> function(Members members) {
    Optional<FunctionName> name = name(members, FunctionName.all());
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return switch (name.get()) {
      case ENVELOPE -> envelope(members);
      case CROSSINGS -> crossings(members);
      case MA, EMA, SUM, HIGH, LOW, RANGE, TYPICAL, PLDOT ->
          line(members, name.get()).map(line -> line);
    };
  }

  private static Optional<FunctionName> name(Members members, List<String> names) {
    members.require("name");
    Optional<FunctionName> name =
        members
            .oneOf("name", names)
            .map(text -> FunctionName.valueOf(text.toUpperCase(Locale.ROOT)));
    if (name.isEmpty()) {
      // Which other members there are depends on the name.
      members.names().forEach(members::any);
    }
    return name;
  }

  private static Optional<Line> line(Members members, FunctionName name) {
    if (!name.takesBars()) {
      return Optional.of(new Line(name, 1));
    }
    return bars(members, name).map(bars -> new Line(name, bars));
  }

  private static Optional<Integer> bars(Members members, FunctionName name) {
    if (name.needsBars()) {
      members.require(BARS);
    } else if (members.any(BARS).isEmpty()) {
      return Optional.of(1);
    }
    return members.wholeNumber(BARS, 1, LONGEST);
  }

  private static Optional<BarFunction> envelope(Members members) {
    members.require(PERCENT);
    Optional<Double> percent =
        members
            .any(PERCENT)
            .filter(value -> value.isNumber())
            .map(value -> value.asDouble())
            .filter(value -> value > 0 && value <= WIDEST)
            .filter(value -> BigDecimal.valueOf(value).stripTrailingZeros().scale() <= DECIMALS);
    if (members.any(PERCENT).isPresent() && percent.isEmpty()) {
      members.fault(
          PERCENT,
          "must be a number above 0, at most 100, with at most %d decimals".formatted(DECIMALS));
    }
    Optional<Integer> bars = bars(members, FunctionName.ENVELOPE);
    return bars.flatMap(n -> percent.map(width -> new Envelope(n, width)));
  }

  private static Optional<BarFunction> crossings(Members members) {
    Optional<Line> fast = crossed(members, "fast");
    Optional<Line> slow = crossed(members, "slow");
    if (fast.isPresent() && fast.equals(slow)) {
      members.fault("slow", "must be another line than fast");
      return Optional.empty();
    }
    return fast.flatMap(one -> slow.map(other -> new Crossings(one, other)));
  }

  private static Optional<Line> crossed(Members members, String member) {
    members.require(member);
    Members line = members.object(member).orElse(null);
    if (line == null) {
      return Optional.empty();
    }
    Optional<Line> parsed = name(line, FunctionName.lines()).flatMap(name -> line(line, name));
    line.end();
    return parsed;
  }
}
