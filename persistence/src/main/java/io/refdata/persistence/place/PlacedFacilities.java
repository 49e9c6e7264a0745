package io.refdata.persistence.place;

import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.domain.place.Borders;
import io.refdata.domain.place.CountryRegions;
import io.refdata.domain.place.CountryRegions.Region;
import io.refdata.domain.place.Enrichment;
import io.refdata.domain.place.Enrichment.Facility;
import io.refdata.domain.place.Enrichment.Reach;
import io.refdata.domain.place.Position;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The facilities and regions as they were at a revision, and what their places tell. It takes two
 * statements of one snapshot; all else is worked out in memory. The answer for a revision, a day
 * and a reach never changes.
 */
@Dependent
public class PlacedFacilities {
  private static final String FACILITIES =
      """
      select f.code, r.code, f.latitude, f.longitude, f.fuel, f.capacity_mw, f.commissioned, f.retired
        from <facilities> f
        join <regions> r on r.id = f.region_id
       order by f.code
       limit :limit
      """;

  private static final String REGIONS =
      """
      select r.code, r.kind, r.m49, p.code, r.valid_from, r.valid_to
        from <regions> r
        left join <regions> p on p.id = r.parent_id
       order by r.code
      """;

  /** States that have ended since, found by their range, and those that last. */
  private static final String STATES =
      """
      (select a.* from %1$s a
        where int4range(a.rev, a.revend) @> :revision and a.revtype <> 2 and a.revend is not null
        union all
       select a.* from %1$s a
        where a.revend is null and a.rev <= :revision and a.revtype <> 2
       offset 0)\
      """;

  private final Jdbi jdbi;

  @Inject
  public PlacedFacilities(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What the places of all facilities tell of them, by their codes in code-point order.
   *
   * @param revision the one of the reference data at which they are read; 0 for none
   * @param at the instant on whose day, in UTC, facilities are in operation and countries exist
   * @throws UnansweredQuestion if there are more facilities than one answer may have, or their
   *     capacities cannot be added up
   */
  public Enrichment at(int revision, Instant at, Reach reach) {
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    return Snapshot.ask(
        jdbi,
        handle -> {
          List<Facility> facilities = facilities(handle, revision, day);
          CountryRegions regions = new CountryRegions(regions(handle, revision), day);
          return enrichment(regions, facilities, reach);
        });
  }

  private static Enrichment enrichment(
      CountryRegions regions, List<Facility> facilities, Reach reach) {
    try {
      return new Enrichment(Borders.ofTheWorld(), regions, facilities, reach);
    } catch (ArithmeticException e) {
      throw new UnansweredQuestion(
          "radiusKm", "cannot be answered: a sum of capacities is too large");
    }
  }

  private static List<Facility> facilities(Handle handle, int revision, LocalDate day) {
    long most = Setting.PLACE_FACILITIES.number();
    List<Facility> facilities =
        handle
            .createQuery(
                FACILITIES
                    .replace("<facilities>", STATES.formatted("ref.facility_aud"))
                    .replace("<regions>", STATES.formatted("ref.region_aud")))
            .bind("revision", revision)
            .bind("limit", most + 1)
            .map((row, context) -> facility(row, day))
            .list();
    if (facilities.size() > most) {
      throw new UnansweredQuestion(
          "kind", "is for at most %,d facilities, and there are more".formatted(most));
    }
    return facilities;
  }

  private static Facility facility(ResultSet row, LocalDate day) throws SQLException {
    Double latitude = row.getObject(3, Double.class);
    Double longitude = row.getObject(4, Double.class);
    return new Facility(
        row.getString(1),
        row.getString(2),
        latitude == null || longitude == null ? null : new Position(latitude, longitude),
        row.getString(5),
        row.getObject(6, Double.class),
        isInOperation(yearOrDay(row.getString(7)), yearOrDay(row.getString(8)), day));
  }

  private static @Nullable YearOrDay yearOrDay(@Nullable String text) {
    return text == null ? null : new YearOrDay(text);
  }

  /** A facility counts in all of the year in which it was commissioned or retired. */
  private static boolean isInOperation(
      @Nullable YearOrDay commissioned, @Nullable YearOrDay retired, LocalDate day) {
    return (commissioned == null || !commissioned.day().isAfter(day))
        && (retired == null || !lastDay(retired).isBefore(day));
  }

  private static LocalDate lastDay(YearOrDay retired) {
    return retired.isYear() ? retired.day().plusYears(1).minusDays(1) : retired.day();
  }

  private static List<Region> regions(Handle handle, int revision) {
    return handle
        .createQuery(REGIONS.replace("<regions>", STATES.formatted("ref.region_aud")))
        .bind("revision", revision)
        .map(
            (row, context) ->
                new Region(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getObject(5, LocalDate.class),
                    row.getObject(6, LocalDate.class)))
        .list();
  }
}
