package io.refdata.domain.place;

/**
 * A place on the earth, which is taken as a sphere with the mean radius of the IUGG, 6371.0088 km.
 * The distance from another place differs from that on the ellipsoid of WGS 84 by at most 0.6 %.
 *
 * @param latitude in degrees north, from -90 to 90
 * @param longitude in degrees east, from -180 to 180
 */
public record Position(double latitude, double longitude) {
  /** The mean radius of the earth, in kilometres. */
  static final double RADIUS_KM = 6371.0088;

  private static final double METRES = 1000;

  /**
   * @throws IllegalArgumentException if a number is out of its bounds
   */
  public Position {
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException("no place: " + latitude + ", " + longitude);
    }
  }

  /** The point in space, with the radius of the earth as the unit. */
  Point point() {
    return Point.of(latitude, longitude);
  }

  /** The great circle from another place, in kilometres, rounded to the metre. */
  public double kilometresTo(Position other) {
    return rounded(point().kilometresTo(other.point()));
  }

  /** A distance rounded to the metre. */
  static double rounded(double kilometres) {
    return Math.rint(METRES * kilometres) / METRES;
  }
}
