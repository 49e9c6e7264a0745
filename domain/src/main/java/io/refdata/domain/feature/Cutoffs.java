package io.refdata.domain.feature;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The instants as of which the rows of a feature set are worked out. Only past ones count. */
public sealed interface Cutoffs {
  /** Each instant at which anything was recorded in the dataset. */
  record EachVintage() implements Cutoffs {}

  /** The instant at which anything that the rows are made of was recorded last. */
  record Newest() implements Cutoffs {}

  /** Some instants. */
  record Listed(List<Instant> instants) implements Cutoffs {
    public Listed {
      instants = instants.stream().sorted().distinct().toList();
    }
  }

  /**
   * The beginnings of spans of time that follow each other, at midnight UTC. Months are counted
   * from January of the year 1970, days from the Monday before it.
   *
   * @param step either months (and years) or days, at least one of them
   */
  record Every(Period step) implements Cutoffs {
    private static final LocalDate MONDAY = LocalDate.of(1969, 12, 29);
    private static final LocalDate JANUARY = LocalDate.of(1970, 1, 1);

    /** True for a period in months or in days, not both. */
    public static boolean isStep(Period step) {
      long months = step.toTotalMonths();
      return months > 0 && step.getDays() == 0 || months == 0 && step.getDays() > 0;
    }

    /**
     * The last of them up to an instant, rising.
     *
     * @param most how many at most
     */
    public List<Instant> upTo(Instant end, int most) {
      LocalDate day = LocalDate.ofInstant(end, ZoneOffset.UTC);
      int months = (int) step.toTotalMonths();
      LocalDate start;
      if (months > 0) {
        long passed = (day.getYear() - 1970L) * 12 + day.getMonthValue() - 1;
        start = JANUARY.plusMonths(Math.floorDiv(passed, months) * (long) months);
      } else {
        long passed = day.toEpochDay() - MONDAY.toEpochDay();
        start = MONDAY.plusDays(Math.floorDiv(passed, step.getDays()) * (long) step.getDays());
      }
      List<Instant> instants = new ArrayList<>();
      for (int i = 0; i < most && start.getYear() >= JANUARY.getYear(); i++) {
        instants.add(start.atStartOfDay(ZoneOffset.UTC).toInstant());
        start = start.minus(step);
      }
      Collections.reverse(instants);
      return instants;
    }
  }
}
