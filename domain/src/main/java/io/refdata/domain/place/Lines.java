package io.refdata.domain.place;

import java.util.Arrays;

/**
 * Lines of borders, of which the nearest to a place is looked for. A border is straight between two
 * of its points on a map of longitude and latitude, as its source means it. Here it is a row of
 * short straight lines in space: each is at most a quarter of a degree long, and so at most 15
 * metres below the ground.
 */
final class Lines {
  private static final double LONGEST = 0.25;
  private static final int AXES = 3;

  private final float[] points;
  private final BoxTree tree;

  private Lines(float[] points, int[] starts) {
    this.points = points;
    this.tree =
        new BoxTree(
            starts,
            new BoxTree.Extents() {
              @Override
              public double low(int start, int axis) {
                int at = start * AXES + axis;
                return Math.min(points[at], points[at + AXES]);
              }

              @Override
              public double high(int start, int axis) {
                int at = start * AXES + axis;
                return Math.max(points[at], points[at + AXES]);
              }
            });
  }

  /**
   * The distance of the nearest line, in kilometres; {@code NaN} if it is farther.
   *
   * @param most the longest distance, in kilometres
   */
  double kilometresTo(Point place, double most) {
    int nearest = tree.nearest(place, Point.square(most), start -> square(place, start));
    return nearest < 0 ? Double.NaN : Point.kilometres(square(place, nearest));
  }

  private double square(Point place, int start) {
    int at = start * AXES;
    double x = points[at];
    double y = points[at + 1];
    double z = points[at + 2];
    double dx = points[at + 3] - x;
    double dy = points[at + 4] - y;
    double dz = points[at + 5] - z;
    double length = dx * dx + dy * dy + dz * dz;
    double along =
        length == 0
            ? 0
            : ((place.x() - x) * dx + (place.y() - y) * dy + (place.z() - z) * dz) / length;
    double share = Math.min(1, Math.max(0, along));
    return place.squareTo(x + share * dx, y + share * dy, z + share * dz);
  }

  /** Draws lines, point by point. */
  static final class Drawing {
    private float[] points = new float[1 << 10];
    private int[] starts = new int[1 << 8];
    private int pointCount;
    private int startCount;
    private double longitude;
    private double latitude;

    /** Begins elsewhere, without a line from where it was. */
    void moveTo(double toLongitude, double toLatitude) {
      add(toLongitude, toLatitude);
    }

    /** Draws a line from where it was. */
    void lineTo(double toLongitude, double toLatitude) {
      double fromLongitude = longitude;
      double fromLatitude = latitude;
      double east = toLongitude - fromLongitude;
      double north = toLatitude - fromLatitude;
      int parts = Math.max(1, (int) Math.ceil(Math.max(Math.abs(east), Math.abs(north)) / LONGEST));
      for (int i = 1; i <= parts; i++) {
        if (startCount == starts.length) {
          starts = Arrays.copyOf(starts, 2 * startCount);
        }
        starts[startCount++] = pointCount - 1;
        add(fromLongitude + east * i / parts, fromLatitude + north * i / parts);
      }
    }

    private void add(double toLongitude, double toLatitude) {
      Point point = Point.of(toLatitude, toLongitude);
      if (points.length < (pointCount + 1) * AXES) {
        points = Arrays.copyOf(points, 2 * points.length);
      }
      int at = pointCount++ * AXES;
      points[at] = (float) point.x();
      points[at + 1] = (float) point.y();
      points[at + 2] = (float) point.z();
      longitude = toLongitude;
      latitude = toLatitude;
    }

    Lines lines() {
      return new Lines(Arrays.copyOf(points, pointCount * AXES), Arrays.copyOf(starts, startCount));
    }
  }
}
