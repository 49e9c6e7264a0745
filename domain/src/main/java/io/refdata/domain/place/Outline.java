package io.refdata.domain.place;

import java.util.List;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/**
 * A connected piece of a territory, with its holes, on a map of longitude and latitude. A piece
 * across the antimeridian goes on beyond 180 degrees, or -180.
 */
final class Outline {
  private static final int RUN = 32;

  private final float[] longitudes;
  private final float[] latitudes;

  /** Where runs of lines begin and end; all lines of a run belong to one ring. */
  private final int[] from;

  private final int[] to;
  private final float[] south;
  private final float[] north;
  private final float[] east;
  private final Envelope envelope = new Envelope();

  /**
   * A closed line.
   *
   * @param longitudes of its points, in degrees; the last point is the first
   * @param latitudes of its points, in degrees
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, and not compared
  record Ring(float[] longitudes, float[] latitudes) {
    int lines() {
      return longitudes.length - 1;
    }
  }

  /**
   * @param rings the outer border, then the holes
   */
  Outline(List<Ring> rings) {
    int points = rings.stream().mapToInt(ring -> ring.longitudes().length).sum();
    int runs = rings.stream().mapToInt(ring -> (ring.lines() + RUN - 1) / RUN).sum();
    longitudes = new float[points];
    latitudes = new float[points];
    from = new int[runs];
    to = new int[runs];
    south = new float[runs];
    north = new float[runs];
    east = new float[runs];
    int point = 0;
    int run = 0;
    for (Ring ring : rings) {
      int count = ring.longitudes().length;
      System.arraycopy(ring.longitudes(), 0, longitudes, point, count);
      System.arraycopy(ring.latitudes(), 0, latitudes, point, count);
      for (int line = 0; line < ring.lines(); line += RUN) {
        bound(run++, point + line, point + Math.min(line + RUN, ring.lines()));
      }
      point += count;
    }
  }

  private void bound(int run, int first, int last) {
    from[run] = first;
    to[run] = last;
    south[run] = Float.POSITIVE_INFINITY;
    north[run] = Float.NEGATIVE_INFINITY;
    east[run] = Float.NEGATIVE_INFINITY;
    for (int i = first; i <= last; i++) {
      south[run] = Math.min(south[run], latitudes[i]);
      north[run] = Math.max(north[run], latitudes[i]);
      east[run] = Math.max(east[run], longitudes[i]);
      envelope.expandToInclude(longitudes[i], latitudes[i]);
    }
  }

  Envelope envelope() {
    return envelope;
  }

  /** Whether a place lies in it, or on its border. */
  boolean covers(double longitude, double latitude) {
    if (!envelope.covers(longitude, latitude)) {
      return false;
    }
    RayCrossingCounter ray = new RayCrossingCounter(new Coordinate(longitude, latitude));
    Coordinate one = new Coordinate();
    Coordinate other = new Coordinate();
    for (int run = 0; run < from.length; run++) {
      if (latitude < south[run] || latitude > north[run] || longitude > east[run]) {
        continue;
      }
      for (int i = from[run]; i < to[run]; i++) {
        one.setX(longitudes[i]);
        one.setY(latitudes[i]);
        other.setX(longitudes[i + 1]);
        other.setY(latitudes[i + 1]);
        ray.countSegment(one, other);
      }
      if (ray.isOnSegment()) {
        return true;
      }
    }
    return ray.isPointInPolygon();
  }
}
