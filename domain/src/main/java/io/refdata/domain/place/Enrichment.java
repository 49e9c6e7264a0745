package io.refdata.domain.place;

import io.refdata.domain.place.Borders.Found;
import io.refdata.domain.place.Neighbours.Around;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows about facilities by their places: the region that each stands in, and its neighbours.
 * Neighbours are only those facilities that are in operation; of those that are not, there are
 * still rows. A facility without a position has a row that says no more.
 */
public final class Enrichment {
  private final Borders borders;
  private final CountryRegions regions;
  private final Reach reach;
  private final Neighbours neighbours;
  private final List<Facility> facilities;

  /** The number of each facility among the sites; -1 if it is none. */
  private final int[] sites;

  /**
   * A facility on a day.
   *
   * @param region the code of its region on record
   * @param position null if it is unknown
   * @param fuel the code of its fuel; null if it is unknown
   * @param capacityMw in megawatts; null if it is unknown
   */
  public record Facility(
      String code,
      String region,
      @Nullable Position position,
      @Nullable String fuel,
      @Nullable Double capacityMw,
      boolean inOperation) {}

  /**
   * The distances that count as near, in kilometres.
   *
   * @param radiusKm of the circle around a facility that has its neighbours
   * @param seaKm how far a place in the sea may be from its territory
   * @param borderKm how far a border may be that counts as near
   */
  public record Reach(double radiusKm, double seaKm, double borderKm) {
    /** The {@code seaKm} and the {@code borderKm}, unless one says so. */
    public static final int USUAL_KM = 50;
  }

  /**
   * The region of a facility by its place.
   *
   * @param territory the name of the territory it stands in; null if it stands too far out in the
   *     sea
   * @param region the code of the region that the territory is; null if there is none
   * @param differs whether the region on record is another one; null if nobody can say
   * @param toRegionKm the distance from the territory of the region on record, if that is not known
   *     to be the one it stands in; else null
   * @param offshoreKm the distance from the land, for a place in the sea; else null
   * @param toBorderKm the distance from the nearest border between two territories; null if none is
   *     near
   */
  public record Place(
      @Nullable String territory,
      @Nullable String region,
      @Nullable Boolean differs,
      @Nullable Double toRegionKm,
      @Nullable Double offshoreKm,
      @Nullable Double toBorderKm) {}

  /**
   * A facility, with its place and the neighbours around it.
   *
   * @param place null if its position is unknown
   * @param around null if its position is unknown
   */
  public record Row(Facility facility, @Nullable Place place, @Nullable Around around) {}

  /**
   * @throws ArithmeticException if the capacities cannot be added up
   */
  public Enrichment(
      Borders borders,
      CountryRegions regions,
      List<Facility> facilities,
      EnrichmentDefinition definition) {
    this.borders = borders;
    this.regions = regions;
    this.reach = definition.reach();
    this.facilities = List.copyOf(facilities);
    this.sites = new int[facilities.size()];
    List<Site> standing = new ArrayList<>();
    for (int i = 0; i < sites.length; i++) {
      Facility facility = facilities.get(i);
      sites[i] = -1;
      if (facility.position() != null && facility.inOperation()) {
        sites[i] = standing.size();
        standing.add(
            new Site(facility.position(), shown(facility, definition), facility.capacityMw()));
      }
    }
    this.neighbours = new Neighbours(standing);
  }

  /** Its fuel; null also if that has no columns. */
  private static @Nullable String shown(Facility facility, EnrichmentDefinition definition) {
    String fuel = facility.fuel();
    List<String> named = definition.fuels();
    return fuel == null || named.isEmpty() || named.contains(fuel) ? fuel : null;
  }

  /** The fuels of facilities in operation that have columns, in the order of their codes. */
  public List<String> fuels() {
    return neighbours.fuels();
  }

  /** The number of rows, one for each facility. */
  public int size() {
    return facilities.size();
  }

  /** The row of a facility, by its number. */
  public Row row(int number) {
    Facility facility = facilities.get(number);
    Position position = facility.position();
    if (position == null) {
      return new Row(facility, null, null);
    }
    Integer self = sites[number] < 0 ? null : sites[number];
    return new Row(
        facility,
        place(facility.region(), position),
        neighbours.around(position, reach.radiusKm(), self));
  }

  private Place place(String recorded, Position position) {
    Found found = borders.find(position, reach.seaKm());
    String region = found == null ? null : regions.of(found.territory());
    Boolean differs = region == null ? null : regions.differs(recorded, region);
    return new Place(
        found == null ? null : found.territory().name(),
        region,
        differs,
        Objects.equals(differs, false) ? null : toRegion(recorded, position),
        found == null || found.offshoreKm() == 0 ? null : found.offshoreKm(),
        number(borders.toBorderKm(position, reach.borderKm())));
  }

  private @Nullable Double toRegion(String recorded, Position position) {
    String number = regions.number(recorded);
    return number == null ? null : number(borders.toTerritoryKm(position, number));
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
