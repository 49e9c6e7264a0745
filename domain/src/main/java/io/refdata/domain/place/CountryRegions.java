package io.refdata.domain.place;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The regions that stand for territories on a day, and what lies in what. A territory is the
 * country with its number; of several that are in force, the one with the first code.
 */
public final class CountryRegions {
  private static final String COUNTRY = "COUNTRY";
  private static final String GROUP = "GROUP";

  private final Map<String, Region> byCode = new HashMap<>();
  private final Map<String, String> byNumber = new HashMap<>();

  /**
   * A region.
   *
   * @param kind its kind, such as {@code COUNTRY}
   * @param m49 three digits; null if it has none
   * @param parent the code of the next larger region; null if there is none
   * @param from the first day on which it is a region; null if it always was
   * @param to the last such day; null if it still is
   */
  public record Region(
      String code,
      String kind,
      @Nullable String m49,
      @Nullable String parent,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    private boolean holds(LocalDate day) {
      return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
  }

  public CountryRegions(Collection<Region> regions, LocalDate day) {
    for (Region region : regions) {
      byCode.put(region.code(), region);
      if (region.kind().equals(COUNTRY) && region.m49() != null && region.holds(day)) {
        byNumber.merge(
            region.m49(), region.code(), (one, other) -> one.compareTo(other) < 0 ? one : other);
      }
    }
  }

  /** The code of the region that a territory is; null if there is none. */
  public @Nullable String of(Territory territory) {
    return territory.number() == null ? null : byNumber.get(territory.number());
  }

  /**
   * Whether a region is another one than the country that something stands in: neither that
   * country, nor a part of it, nor a larger region around it. Null if it is a group, or unknown:
   * then nobody can say.
   *
   * @param region the code of the region on record
   * @param country the code of the country by place
   */
  public @Nullable Boolean differs(String region, String country) {
    Region recorded = byCode.get(region);
    if (recorded == null || recorded.kind().equals(GROUP)) {
      return null;
    }
    return !upFrom(region).contains(country) && !upFrom(country).contains(region);
  }

  /** The number of the country that a region is, or lies in; null if there is none. */
  public @Nullable String number(String region) {
    for (String code : upFrom(region)) {
      Region each = byCode.get(code);
      if (each != null && each.kind().equals(COUNTRY)) {
        return each.m49();
      }
    }
    return null;
  }

  /** A region and all around it; parents that form a circle are followed once. */
  private List<String> upFrom(String region) {
    List<String> codes = new ArrayList<>();
    String next = region;
    while (next != null && !codes.contains(next)) {
      codes.add(next);
      Region each = byCode.get(next);
      next = each == null ? null : each.parent();
    }
    return codes;
  }
}
