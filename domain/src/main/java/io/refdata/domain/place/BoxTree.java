package io.refdata.domain.place;

/**
 * Finds the things near a point. It is a binary tree of boxes in space: each holds some things,
 * which are split at their median in two boxes, and so on. Once built it does not change, and any
 * number of threads may ask it.
 */
final class BoxTree {
  private static final int LEAF = 8;
  private static final int AXES = 3;
  private static final int SIDES = 2 * AXES;

  private final int[] order;
  private final int depth;

  /** For each box its lowest and highest x, y and z, rounded outwards. */
  private final float[] boxes;

  /** Where things reach from and to, on each of three axes. */
  interface Extents {
    double low(int thing, int axis);

    double high(int thing, int axis);
  }

  /** The square of the distance of a thing from the point that is asked for. */
  @FunctionalInterface
  interface Measure {
    double square(int thing);
  }

  /** Is told of things that are near. */
  interface Near {
    /** All things at some places of the order are surely near. */
    void all(int from, int to);

    /** A thing at a place of the order may be near. */
    void perhaps(int place);
  }

  /**
   * @param things which ones; the array becomes the tree's
   */
  BoxTree(int[] things, Extents extents) {
    this.order = things;
    int levels = 0;
    while (things.length >> levels > LEAF) {
      levels++;
    }
    this.depth = levels;
    this.boxes = new float[((1 << (levels + 1)) - 1) * SIDES];
    if (things.length > 0) {
      build(extents, 0, 0, things.length, 0);
    }
  }

  int size() {
    return order.length;
  }

  /** The thing at a place of the order, which keeps together what is near. */
  int at(int place) {
    return order[place];
  }

  private void build(Extents extents, int box, int from, int to, int level) {
    int widest = 0;
    double width = -1;
    for (int axis = 0; axis < AXES; axis++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        low = Math.min(low, extents.low(order[i], axis));
        high = Math.max(high, extents.high(order[i], axis));
      }
      boxes[box * SIDES + axis] = Math.nextDown((float) low);
      boxes[box * SIDES + AXES + axis] = Math.nextUp((float) high);
      if (high - low > width) {
        width = high - low;
        widest = axis;
      }
    }
    if (level < depth) {
      int middle = (from + to) >>> 1;
      split(extents, widest, from, to, middle);
      build(extents, 2 * box + 1, from, middle, level + 1);
      build(extents, 2 * box + 2, middle, to, level + 1);
    }
  }

  /** Puts the things below the middle place before it, and those above behind it. */
  private void split(Extents extents, int axis, int first, int end, int middle) {
    int from = first;
    int to = end - 1;
    while (from < to) {
      double pivot = centre(extents, axis, (from + to) >>> 1);
      int less = from;
      int greater = to;
      int i = from;
      while (i <= greater) {
        double value = centre(extents, axis, i);
        if (value < pivot) {
          swap(i++, less++);
        } else if (value > pivot) {
          swap(i, greater--);
        } else {
          i++;
        }
      }
      if (middle < less) {
        to = less - 1;
      } else if (middle > greater) {
        from = greater + 1;
      } else {
        return;
      }
    }
  }

  private double centre(Extents extents, int axis, int place) {
    return extents.low(order[place], axis) + extents.high(order[place], axis);
  }

  private void swap(int one, int other) {
    int thing = order[one];
    order[one] = order[other];
    order[other] = thing;
  }

  /**
   * The nearest thing, of several the one with the lowest number; -1 if there is none.
   *
   * @param most the largest square of its distance
   */
  int nearest(Point point, double most, Measure measure) {
    Search search = new Search(point, measure, most);
    if (order.length > 0 && nearestSquare(0, point) <= most) {
      search.visit(0, 0, order.length, 0);
    }
    return search.found;
  }

  /**
   * Tells of all things near a point.
   *
   * @param surely the square of a distance up to which a thing is surely near
   * @param perhaps the square of a distance up to which a thing may be near
   */
  void near(Point point, double surely, double perhaps, Near near) {
    if (order.length > 0) {
      near(point, surely, perhaps, near, 0, 0, order.length, 0);
    }
  }

  private void near(
      Point point, double surely, double perhaps, Near near, int box, int from, int to, int level) {
    if (nearestSquare(box, point) > perhaps) {
      return;
    }
    if (farthestSquare(box, point) <= surely) {
      near.all(from, to);
    } else if (level == depth) {
      for (int i = from; i < to; i++) {
        near.perhaps(i);
      }
    } else {
      int middle = (from + to) >>> 1;
      near(point, surely, perhaps, near, 2 * box + 1, from, middle, level + 1);
      near(point, surely, perhaps, near, 2 * box + 2, middle, to, level + 1);
    }
  }

  private double nearestSquare(int box, Point point) {
    int side = box * SIDES;
    double x = outside(point.x(), boxes[side], boxes[side + AXES]);
    double y = outside(point.y(), boxes[side + 1], boxes[side + AXES + 1]);
    double z = outside(point.z(), boxes[side + 2], boxes[side + AXES + 2]);
    return x * x + y * y + z * z;
  }

  private static double outside(double value, double low, double high) {
    return value < low ? low - value : value > high ? value - high : 0;
  }

  private double farthestSquare(int box, Point point) {
    int side = box * SIDES;
    double x = Math.max(point.x() - boxes[side], boxes[side + AXES] - point.x());
    double y = Math.max(point.y() - boxes[side + 1], boxes[side + AXES + 1] - point.y());
    double z = Math.max(point.z() - boxes[side + 2], boxes[side + AXES + 2] - point.z());
    return x * x + y * y + z * z;
  }

  /** The search of the nearest thing, nearer boxes first. */
  private final class Search {
    private final Point point;
    private final Measure measure;
    private double best;
    private int found = -1;

    Search(Point point, Measure measure, double most) {
      this.point = point;
      this.measure = measure;
      this.best = most;
    }

    void visit(int box, int from, int to, int level) {
      if (level == depth) {
        for (int i = from; i < to; i++) {
          weigh(order[i]);
        }
        return;
      }
      int middle = (from + to) >>> 1;
      int left = 2 * box + 1;
      double toLeft = nearestSquare(left, point);
      double toRight = nearestSquare(left + 1, point);
      if (toLeft <= toRight) {
        visitLeft(left, from, middle, level, toLeft);
        visitRight(left, middle, to, level, toRight);
      } else {
        visitRight(left, middle, to, level, toRight);
        visitLeft(left, from, middle, level, toLeft);
      }
    }

    private void visitLeft(int left, int from, int middle, int level, double square) {
      if (square <= best) {
        visit(left, from, middle, level + 1);
      }
    }

    private void visitRight(int left, int middle, int to, int level, double square) {
      if (square <= best) {
        visit(left + 1, middle, to, level + 1);
      }
    }

    private void weigh(int thing) {
      double square = measure.square(thing);
      if (square < best || (square == best && (found < 0 || thing < found))) {
        best = square;
        found = thing;
      }
    }
  }
}
