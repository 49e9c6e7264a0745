package io.refdata.api.request;

import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.MembershipDay;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The parameter {@code on}: the day on which something has to be in force. */
public final class OnDay {
  /** The name of the parameter. */
  public static final String NAME = "on";

  private OnDay() {}

  /** The day that a request names; empty if it names none, or no day, which is a fault. */
  public static Optional<LocalDate> given(Parameters parameters) {
    Optional<String> text = parameters.one(NAME);
    Optional<LocalDate> day =
        text.flatMap(PropertyKind.DAY::parse).map(parsed -> (LocalDate) parsed);
    if (text.isPresent() && day.isEmpty()) {
      parameters.fault(NAME, "'" + text.get() + "' is not " + PropertyKind.DAY.expectation());
    }
    return day;
  }

  /**
   * The day on which memberships count: the one that a request names; else the day of its {@code
   * asOf}, whose answer is the same for ever; else today. Both are days in UTC.
   */
  public static MembershipDay of(Parameters parameters) {
    Optional<LocalDate> pastDay =
        parameters.all(AsOf.NAME).stream()
            .findFirst()
            .flatMap(AsOf::instant)
            .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC));
    return given(parameters)
        .or(() -> pastDay)
        .map(day -> new MembershipDay(day, false))
        .orElseGet(() -> new MembershipDay(LocalDate.now(ZoneOffset.UTC), true));
  }

  /** Adds a fault if a request names a day and has no region in which something could lie. */
  public static void requireWithin(Parameters parameters) {
    if (!parameters.all(NAME).isEmpty() && parameters.all("within").isEmpty()) {
      parameters.fault(NAME, "means nothing without within");
    }
  }
}
