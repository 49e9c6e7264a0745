package io.refdata.domain.feature;

import io.refdata.domain.item.value.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One column of a feature set. */
public sealed interface Feature {
  /** The name of the column, unlike that of any other in the set. */
  String name();

  /**
   * A number that is worked out of a series.
   *
   * @param source the series; null for that of the target
   * @param function what is worked out of it
   */
  record OfSeries(@Nullable SeriesSource source, ValueFunction function) implements Feature {
    /** The name of the function, behind what tells the source from that of the target. */
    @Override
    public String name() {
      if (source == null) {
        return function.name();
      }
      List<String> parts = new ArrayList<>();
      if (source.dataset() != null) {
        parts.add(source.dataset().value());
      }
      if (source.indicator() != null) {
        parts.add(source.indicator().value());
      }
      source.dimensions().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(Map.Entry::getValue)
          .map(Code::value)
          .forEach(parts::add);
      parts.add(function.name());
      return String.join("_", parts);
    }
  }

  /** A part of the date on which the period of the row begins, in UTC. */
  record OfCalendar(CalendarPart part) implements Feature {
    @Override
    public String name() {
      return part.toString();
    }
  }

  /**
   * A property of the entity, as it was recorded by the cutoff.
   *
   * @param property its name in the collection
   */
  record OfEntity(String property) implements Feature {
    @Override
    public String name() {
      return property;
    }
  }
}
