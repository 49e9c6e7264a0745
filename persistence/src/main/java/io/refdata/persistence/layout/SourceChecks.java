package io.refdata.persistence.layout;

import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.NumberForm;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import io.refdata.domain.layout.TimePattern;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that the members of one source make sense together, and for what it is the source of. */
final class SourceChecks {
  private static final Pattern MONTH = Pattern.compile("-?(0[1-9]|1[0-2])");
  private static final Pattern STATUS = Pattern.compile("[A-Z]");

  private final LayoutDefinition definition;
  private final String pointer;
  private final Source source;
  private final BiConsumer<String, String> faults;

  /** The kind of values that a source gives. */
  enum Use {
    TIME("the time"),
    VALUE("the value"),
    STATUS("the status"),
    /** The code of an item, or of the item that is referred to. */
    CODE("codes"),
    NUMBER("numbers"),
    DAY("days"),
    TEXT("texts");

    private static final Set<Use> TEXTS = EnumSet.of(CODE, TEXT);
    private static final Set<Use> NUMBERS = EnumSet.of(VALUE, NUMBER);
    private static final Set<Use> TIMES = EnumSet.of(TIME, DAY);

    private final String words;

    Use(String words) {
      this.words = words;
    }
  }

  /**
   * @param faults takes a pointer and a description of the fault there
   */
  SourceChecks(
      LayoutDefinition definition,
      String pointer,
      Source source,
      BiConsumer<String, String> faults) {
    this.definition = definition;
    this.pointer = pointer;
    this.source = source;
    this.faults = faults;
  }

  /**
   * @param faulty true if a member that says where the text comes from has a fault already
   */
  void check(Use use, boolean faulty) {
    origin(faulty);
    requireUse(use);
    if (source.header() instanceof String expression) {
      try {
        HeaderExpression.of(expression);
      } catch (IllegalArgumentException e) {
        fault("header", String.valueOf(e.getMessage()));
      }
    }
    time(source.time());
    number(source.number());
  }

  private void origin(boolean faulty) {
    int given =
        (source.column() == null ? 0 : 1)
            + (source.columns() == null ? 0 : 1)
            + (source.constant() == null ? 0 : 1)
            + (source.header() == null ? 0 : 1);
    if (given != 1 && !(given == 0 && faulty)) {
      faults.accept(pointer, "must have one of column, columns, constant and header");
    }
    if (source.columns() != null && source.columns().isEmpty()) {
      fault("columns", "must name at least one column");
    }
    if (source.join() != null && source.columns() == null) {
      fault("join", "is for columns, and there are none");
    }
  }

  /** Names the members that mean nothing for this use. */
  private void requireUse(Use use) {
    TimeForm time = source.time();
    NumberForm number = source.number();
    Map<String, Boolean> texts = new LinkedHashMap<>();
    texts.put("as", source.as() != null);
    texts.put("prefix", source.prefix() != null);
    require(Use.TEXTS, use, texts);
    require(
        EnumSet.of(Use.CODE), use, Map.of("match", source.matches(), "create", source.create()));
    require(EnumSet.complementOf(EnumSet.of(Use.VALUE)), use, Map.of("map", source.map() != null));
    require(
        EnumSet.complementOf(EnumSet.of(Use.VALUE, Use.STATUS)),
        use,
        Map.of("columns", source.columns() != null));
    Map<String, Boolean> numbers = new LinkedHashMap<>();
    numbers.put("thousands", number.thousands() != null);
    numbers.put("scale", number.scale() != null || number.scaleColumn() != null);
    numbers.put("percent", number.percent());
    numbers.put("parentheses", number.parentheses());
    numbers.put("suffix", number.suffix() != null);
    require(Use.NUMBERS, use, numbers);
    require(EnumSet.of(Use.VALUE), use, Map.of("flags", number.flags() != null));
    Map<String, Boolean> days = new LinkedHashMap<>();
    days.put("pattern", time.pattern() != null);
    days.put("locale", time.locale() != null);
    days.put("pivotYear", time.pivotYear() != null);
    require(Use.TIMES, use, days);
    Map<String, Boolean> times = new LinkedHashMap<>();
    times.put("within", time.within());
    times.put("zone", time.local());
    times.put("fiscal", time.fiscal() != null);
    times.put("excel", time.excel());
    times.put("epoch", time.epoch() != null);
    require(EnumSet.of(Use.TIME), use, times);
  }

  private void require(Set<Use> uses, Use use, Map<String, Boolean> given) {
    given.forEach(
        (member, there) -> {
          if (there && !uses.contains(use)) {
            fault(
                member,
                "means nothing here: it is for "
                    + uses.stream().map(other -> other.words).collect(Collectors.joining(", ")));
          }
        });
  }

  private void time(TimeForm form) {
    if (form.pattern() == null) {
      without("locale", form.locale() != null);
      without("pivotYear", form.pivotYear() != null);
    } else {
      pattern()
          .filter(pattern -> form.pivotYear() != null && !pattern.hasShortYears())
          .ifPresent(pattern -> fault("pivotYear", "is for yy, and the pattern has none"));
    }
    List<String> forms =
        List.of(
            form.pattern() != null ? "pattern" : "",
            form.fiscal() != null ? "fiscal" : "",
            form.excel() ? "excel" : "",
            form.epoch() != null ? "epoch" : "");
    List<String> given = forms.stream().filter(name -> !name.isEmpty()).toList();
    if (given.size() > 1) {
      fault(given.get(1), "cannot stand beside " + given.get(0));
    }
    if (form.fiscal() != null && !MONTH.matcher(form.fiscal()).matches()) {
      fault("fiscal", "must be a month, 01 to 12, or one of the year before, -01 to -12");
    }
    if (form.local() && form.epoch() != null) {
      fault("zone", "means nothing here: seconds since 1970 are in UTC");
    }
    zone("zone", form.zone());
    if (form.zones() != null) {
      form.zones().forEach((text, zone) -> zone("zone/map/" + text, zone));
    }
    if (form.local() && source.header() != null) {
      fault("zone", "is for a time in a column, and this one is in headers");
    }
  }

  private void without(String member, boolean given) {
    if (given) {
      fault(member, "is for a pattern, and there is none");
    }
  }

  private Optional<TimePattern> pattern() {
    try {
      return Optional.of(TimePattern.of(source.time()));
    } catch (IllegalArgumentException e) {
      fault("pattern", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void zone(String member, @Nullable String zone) {
    if (zone == null) {
      return;
    }
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      fault(member, "must be a time zone like Europe/Berlin or an offset like -05:00");
    }
  }

  /** A text that could be the end of a number: it would be cut off it. */
  private static boolean mayBeOfNumber(String text) {
    return text.chars().anyMatch(c -> Character.isDigit(c) || "+-.,()%".indexOf(c) >= 0);
  }

  private void number(NumberForm form) {
    String suffix = form.suffix();
    if (suffix != null && !suffix.equals("%") && mayBeOfNumber(suffix)) {
      fault("suffix", "must have no digit and no sign of a number: it would be cut off numbers");
    } else if (suffix != null && suffix.equals("%") && form.percent()) {
      fault("suffix", "cannot stand beside percent");
    }
    if (form.thousands() != null) {
      FormChecks.thousands(pointer + "/thousands", form.thousands(), definition, faults);
    }
    form.statusByFlag()
        .forEach(
            (flag, status) -> {
              if (flag.isBlank()
                  || mayBeOfNumber(flag)
                  || !STATUS.matcher(Objects.requireNonNull(status)).matches()) {
                fault("flags/" + flag, "must be letters and their status, a capital letter");
              }
            });
  }

  private void fault(String member, String detail) {
    faults.accept(pointer + "/" + member, detail);
  }
}
