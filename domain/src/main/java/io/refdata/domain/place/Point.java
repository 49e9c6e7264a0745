package io.refdata.domain.place;

/**
 * A point in space, from the centre of the earth, with its radius as the unit. The straight line
 * between two points of the sphere is the longer, the longer the arc is. So what is near is found
 * alike on both sides of the antimeridian and at the poles.
 */
record Point(double x, double y, double z) {
  static Point of(double latitude, double longitude) {
    double phi = Math.toRadians(latitude);
    double lambda = Math.toRadians(longitude);
    return new Point(
        Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi));
  }

  /** The square of the straight line to a point. */
  double squareTo(double otherX, double otherY, double otherZ) {
    double dx = x - otherX;
    double dy = y - otherY;
    double dz = z - otherZ;
    return dx * dx + dy * dy + dz * dz;
  }

  /** The arc to another point, in kilometres; exact for near and for opposite points. */
  double kilometresTo(Point other) {
    double line = squareTo(other.x, other.y, other.z);
    double across = squareTo(-other.x, -other.y, -other.z);
    return 2 * Math.atan2(Math.sqrt(line), Math.sqrt(across)) * Position.RADIUS_KM;
  }

  /** The arc over a straight line, in kilometres. */
  static double kilometres(double square) {
    return 2 * Math.asin(Math.min(1, Math.sqrt(square) / 2)) * Position.RADIUS_KM;
  }

  /** The square of the straight line below an arc of some kilometres. */
  static double square(double kilometres) {
    double half = Math.sin(Math.min(Math.max(0, kilometres) / Position.RADIUS_KM, Math.PI) / 2);
    return 4 * half * half;
  }
}
