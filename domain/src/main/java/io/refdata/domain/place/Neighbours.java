package io.refdata.domain.place;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of places among some sites. Distances are rounded to the metre, and so is the
 * comparison with a radius, as {@code near} of lists does. Capacities are added up in whole watts:
 * so a sum does not depend on the order of the sites.
 */
public final class Neighbours {
  private static final double WATTS = 1_000_000;

  /** Kilometres that no rounding of a distance or of a point makes up for. */
  private static final double TOLERANCE = 0.002;

  private final List<Site> sites;
  private final Point[] points;
  private final List<String> fuels;
  private final BoxTree all;
  private final List<BoxTree> byFuel;

  /** Up to each place in the order of the tree: how many, and how many without a capacity. */
  private final int[] without;

  /** The number of sums at each place: one for each fuel, and one for those without. */
  private final int width;

  /** Up to each place in the order of the tree: the watts of each fuel, side by side. */
  private final long[] watts;

  /**
   * The neighbours of a place within a radius, and the nearest of all.
   *
   * @param count how many there are
   * @param withoutCapacity how many of them have no known capacity
   * @param capacityMw of all, in megawatts
   * @param capacityMwByFuel in megawatts, in the order of the fuels
   * @param nearestKm the distance of the nearest site of each fuel, however far, in kilometres;
   *     {@code NaN} if there is none
   */
  public record Around(
      int count,
      int withoutCapacity,
      double capacityMw,
      List<Double> capacityMwByFuel,
      List<Double> nearestKm) {
    public Around {
      capacityMwByFuel = List.copyOf(capacityMwByFuel);
      nearestKm = List.copyOf(nearestKm);
    }
  }

  /**
   * @throws ArithmeticException if the capacities add up to more than 9.2 million gigawatts
   */
  public Neighbours(List<Site> sites) {
    this.sites = List.copyOf(sites);
    this.points = sites.stream().map(site -> site.position().point()).toArray(Point[]::new);
    NavigableSet<String> codes = new TreeSet<>();
    sites.stream().map(Site::fuel).filter(Objects::nonNull).forEach(codes::add);
    this.fuels = List.copyOf(codes);
    this.all = tree(IntStream.range(0, sites.size()).toArray());
    this.byFuel = new ArrayList<>();
    for (String fuel : fuels) {
      byFuel.add(
          tree(
              IntStream.range(0, sites.size())
                  .filter(site -> fuel.equals(sites.get(site).fuel()))
                  .toArray()));
    }
    this.without = new int[sites.size() + 1];
    this.width = fuels.size() + 1;
    this.watts = new long[Math.multiplyExact(width, sites.size() + 1)];
    addUp();
  }

  private BoxTree tree(int[] which) {
    return new BoxTree(
        which,
        new BoxTree.Extents() {
          @Override
          public double low(int site, int axis) {
            Point point = points[site];
            return axis == 0 ? point.x() : axis == 1 ? point.y() : point.z();
          }

          @Override
          public double high(int site, int axis) {
            return low(site, axis);
          }
        });
  }

  private void addUp() {
    long sum = 0;
    for (int place = 0; place < sites.size(); place++) {
      Site site = sites.get(all.at(place));
      long power = watts(site);
      sum = Math.addExact(sum, power);
      without[place + 1] = without[place] + (site.capacityMw() == null ? 1 : 0);
      int its = fuel(site);
      int at = place * width;
      System.arraycopy(watts, at, watts, at + width, width);
      watts[at + width + its] += power;
    }
  }

  private int fuel(Site site) {
    return site.fuel() == null ? fuels.size() : fuels.indexOf(site.fuel());
  }

  private static long watts(Site site) {
    Double megawatts = site.capacityMw();
    if (megawatts == null) {
      return 0;
    }
    double power = Math.rint(megawatts * WATTS);
    if (!(power < Long.MAX_VALUE)) {
      throw new ArithmeticException("capacity " + megawatts + " MW");
    }
    return (long) power;
  }

  /** The fuels of the sites, in the order of their codes. */
  public List<String> fuels() {
    return fuels;
  }

  /**
   * The neighbours of a place.
   *
   * @param self the number of the site that stands there and is no neighbour of itself; null if
   *     none of the sites is meant
   */
  public Around around(Position place, double radiusKm, @Nullable Integer self) {
    Point point = place.point();
    Circle circle = new Circle(point, radiusKm, self == null ? -1 : self);
    all.near(point, Point.square(radiusKm - TOLERANCE), Point.square(radiusKm + TOLERANCE), circle);
    List<Double> nearest = new ArrayList<>(byFuel.size());
    for (BoxTree tree : byFuel) {
      nearest.add(nearest(tree, point, circle.self));
    }
    return circle.around(nearest);
  }

  private double nearest(BoxTree tree, Point point, int self) {
    int site =
        tree.nearest(
            point,
            Double.MAX_VALUE,
            each ->
                each == self
                    ? Double.POSITIVE_INFINITY
                    : point.squareTo(points[each].x(), points[each].y(), points[each].z()));
    return site < 0 ? Double.NaN : Position.rounded(point.kilometresTo(points[site]));
  }

  /** Adds up what lies in a circle. */
  private final class Circle implements BoxTree.Near {
    private final Point centre;
    private final double radiusKm;
    private final double surely;
    private final double perhaps;
    private final int self;
    private final long[] power = new long[width];
    private int count;
    private int withoutCapacity;

    Circle(Point centre, double radiusKm, int self) {
      this.centre = centre;
      this.radiusKm = radiusKm;
      this.surely = Point.square(radiusKm - TOLERANCE);
      this.perhaps = Point.square(radiusKm + TOLERANCE);
      this.self = self;
      if (self >= 0) {
        Site site = sites.get(self);
        count = -1;
        withoutCapacity = site.capacityMw() == null ? -1 : 0;
        power[fuel(site)] = -watts(site);
      }
    }

    @Override
    public void all(int from, int to) {
      count += to - from;
      withoutCapacity += without[to] - without[from];
      for (int fuel = 0; fuel < width; fuel++) {
        power[fuel] += watts[to * width + fuel] - watts[from * width + fuel];
      }
    }

    @Override
    public void perhaps(int place) {
      Point site = points[all.at(place)];
      double square = centre.squareTo(site.x(), site.y(), site.z());
      if (square <= surely
          || (square <= perhaps && Position.rounded(centre.kilometresTo(site)) <= radiusKm)) {
        all(place, place + 1);
      }
    }

    Around around(List<Double> nearest) {
      List<Double> ofFuels = new ArrayList<>(fuels.size());
      long sum = 0;
      for (int fuel = 0; fuel < width; fuel++) {
        sum += power[fuel];
        if (fuel < fuels.size()) {
          ofFuels.add(power[fuel] / WATTS);
        }
      }
      return new Around(count, withoutCapacity, sum / WATTS, ofFuels, nearest);
    }
  }
}
