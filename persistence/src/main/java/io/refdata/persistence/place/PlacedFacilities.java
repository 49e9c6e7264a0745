package io.refdata.persistence.place;

import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.domain.place.Borders;
import io.refdata.domain.place.CountryRegions;
import io.refdata.domain.place.CountryRegions.Region;
import io.refdata.domain.place.Enrichment;
import io.refdata.domain.place.Enrichment.Facility;
import io.refdata.domain.place.EnrichmentDefinition;
import io.refdata.domain.place.Operation;
import io.refdata.domain.place.Position;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The facilities and regions as they were at a cutoff, and what their places tell. It takes two
 * statements of one snapshot; all else is worked out in memory. Nothing that is recorded after the
 * cutoff changes the answer. Not to be called in a transaction.
 */
@Dependent
public class PlacedFacilities {
  /** States that have ended since, found by their range, and those that last. */
  private static final String REGION_STATES =
      """
      (select a.* from ref.region_aud a
        where int4range(a.rev, a.revend) @> (select q.rev from asked q) and a.revtype <> 2 and a.revend is not null
        union all
       select a.* from ref.region_aud a
        where a.revend is null and a.rev <= (select q.rev from asked q) and a.revtype <> 2
       offset 0)\
      """;

  private static final String FACILITY_STATES =
      """
      (select a.* from ref.facility_aud a
        where int4range(a.rev, a.revend) @> (select q.rev from asked q) and a.revtype <> 2 and a.revend is not null
        union all
       select a.* from ref.facility_aud a
        where a.revend is null and a.rev <= (select q.rev from asked q) and a.revtype <> 2
       offset 0)\
      """;

  /** Has at least one row, that of the revision, also where there are no regions. */
  private static final String REGIONS =
      """
      with asked as materialized (
        select case when cast(:cutoff as timestamptz) is null then cast(:newest as integer)
                    else coalesce((select r.rev from ref.revision r
                                    where r.topic = :topic and r.at <= :cutoff
                                    order by r.at desc, r.rev desc
                                    limit 1), 0)
               end as rev),
      changed as materialized (
        select greatest(
                 (select a.rev from ref.facility_aud a
                   where a.rev <= (select q.rev from asked q) order by a.rev desc limit 1),
                 (select a.rev from ref.region_aud a
                   where a.rev <= (select q.rev from asked q) order by a.rev desc limit 1)) as rev),
      region as materialized (select r.* from
      """
          + REGION_STATES
          + """
           r)
          select q.rev, (select r.at from ref.revision r where r.rev = c.rev) as at,
                 s.code, s.kind, s.m49, s.parent, s.valid_from, s.valid_to
            from asked q
           cross join changed c
            left join (
                 select r.code, r.kind, r.m49, p.code as parent, r.valid_from, r.valid_to
                   from region r
                   left join region p on p.id = r.parent_id) s on true
          """;

  private static final String FACILITIES =
      """
      with asked as materialized (select cast(:revision as integer) as rev),
      facility as (select f.* from
      """
          + FACILITY_STATES
          + """
           f),
          region as (select r.* from
          """
          + REGION_STATES
          + """
           r)
          select f.code, r.code, f.latitude, f.longitude, f.fuel, f.capacity_mw, f.commissioned, f.retired
            from facility f
            join region r on r.id = f.region_id
           order by f.code
           limit :limit
          """;

  private final Jdbi jdbi;

  @Inject
  public PlacedFacilities(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * When facilities are looked at.
   *
   * @param cutoff the instant as of which, at most {@code until}; null for the newest: when a
   *     facility or a region changed last, or the beginning of the day, in UTC, if that is later
   * @param until the last instant of which all is known, or as of which is asked
   * @param revision the one of the reference data at that instant; 0 if there was none
   */
  public record Moment(@Nullable Instant cutoff, Instant until, int revision) {}

  /**
   * The facilities with what follows from their places.
   *
   * @param cutoff the instant as of which; facilities are in operation, and countries exist, on its
   *     day in UTC
   * @param enrichment the facilities, by their codes in code-point order
   */
  public record Placed(Instant cutoff, Enrichment enrichment) {}

  /** The regions, at a revision. */
  private record Known(int revision, @Nullable Instant changed, List<Region> regions) {}

  /**
   * All facilities with what follows from their places.
   *
   * @throws UnansweredQuestion if there are more facilities, or more cells, than one answer may
   *     have, or capacities cannot be added up
   */
  public Placed at(Moment moment, EnrichmentDefinition definition) {
    return Snapshot.ask(
        jdbi,
        handle -> {
          Known known = known(handle, moment);
          Instant cutoff = moment.cutoff() == null ? newest(moment, known) : moment.cutoff();
          LocalDate day = LocalDate.ofInstant(cutoff, ZoneOffset.UTC);
          List<Facility> facilities = facilities(handle, known.revision(), day);
          return new Placed(
              cutoff, enrichment(new CountryRegions(known.regions(), day), facilities, definition));
        });
  }

  private static Instant newest(Moment moment, Known known) {
    Instant today =
        LocalDate.ofInstant(moment.until(), ZoneOffset.UTC)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    Instant changed = known.changed();
    return changed == null || changed.isBefore(today) ? today : changed;
  }

  private static Enrichment enrichment(
      CountryRegions regions, List<Facility> facilities, EnrichmentDefinition definition) {
    long cells = definition.cells(facilities);
    if (cells > Setting.FEATURES_CELLS.number()) {
      throw new UnansweredQuestion(
          "kind",
          "GEO_ENRICHMENT would answer with %,d cells, and %,d are the most; name fewer fuels"
              .formatted(cells, Setting.FEATURES_CELLS.number()));
    }
    try {
      return new Enrichment(Borders.ofTheWorld(), regions, facilities, definition);
    } catch (ArithmeticException e) {
      throw new UnansweredQuestion(
          "kind", "GEO_ENRICHMENT cannot add up the capacities on record: they are too large");
    }
  }

  private static Known known(Handle handle, Moment moment) {
    Instant cutoff = moment.cutoff();
    List<Region> regions = new ArrayList<>();
    return handle
        .createQuery(REGIONS)
        .bind("cutoff", cutoff == null ? null : cutoff.atOffset(ZoneOffset.UTC))
        .bind("newest", moment.revision())
        .bind("topic", Revision.REFERENCE_DATA)
        .map(
            (row, context) -> {
              region(row, regions);
              OffsetDateTime changed = row.getObject(2, OffsetDateTime.class);
              return new Known(
                  row.getInt(1), changed == null ? null : changed.toInstant(), regions);
            })
        .list()
        .get(0);
  }

  private static void region(ResultSet row, List<Region> regions) throws SQLException {
    if (row.getString(3) != null) {
      regions.add(
          new Region(
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getString(6),
              row.getObject(7, LocalDate.class),
              row.getObject(8, LocalDate.class)));
    }
  }

  private static List<Facility> facilities(Handle handle, int revision, LocalDate day) {
    long most = Setting.PLACE_FACILITIES.number();
    List<Facility> facilities =
        handle
            .createQuery(FACILITIES)
            .bind("revision", revision)
            .bind("limit", most + 1)
            .map((row, context) -> facility(row, day))
            .list();
    if (facilities.size() > most) {
      throw new UnansweredQuestion(
          "kind",
          "GEO_ENRICHMENT is for at most %,d facilities, and there are more".formatted(most));
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
        new Operation(yearOrDay(row.getString(7)), yearOrDay(row.getString(8))).holds(day));
  }

  private static @Nullable YearOrDay yearOrDay(@Nullable String text) {
    return text == null ? null : new YearOrDay(text);
  }
}
