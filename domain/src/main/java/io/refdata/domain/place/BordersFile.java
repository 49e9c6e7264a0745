package io.refdata.domain.place;

import io.refdata.domain.place.Outline.Ring;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads the file of borders, a gzip of numbers in a form of our own: 1.3 MB for what is 3.7 MB of
 * TopoJSON. It begins with a word that names the form, then the size and the origin of a grid of
 * longitudes and latitudes. Each territory has a number, a name and pieces; each piece has rings,
 * the outer one first; each ring has a first point and parts; each part says which territory lies
 * on its other side, and has the steps from point to point. All whole numbers are as in Protocol
 * Buffers: seven bits in a byte, steps zigzag.
 */
final class BordersFile {
  static final String FORM = "borders 1";

  private static final int MOST_BYTES = 5;

  private final DataInputStream in;
  private final double east;
  private final double north;
  private final double west;
  private final double south;
  private final Lines.Drawing shared = new Lines.Drawing();
  private final List<Borders.Land> lands = new ArrayList<>();

  private BordersFile(DataInputStream in) throws IOException {
    this.in = in;
    if (!in.readUTF().equals(FORM)) {
      throw new IOException("no file of borders");
    }
    east = in.readDouble();
    north = in.readDouble();
    west = in.readDouble();
    south = in.readDouble();
  }

  static Borders read(InputStream file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(new GZIPInputStream(file), 1 << 16))) {
      BordersFile read = new BordersFile(in);
      int count = read.whole();
      for (int i = 0; i < count; i++) {
        read.land(i);
      }
      return new Borders(read.lands, read.shared.lines());
    }
  }

  private void land(int index) throws IOException {
    String number = in.readUTF();
    String name = in.readUTF();
    Lines.Drawing drawing = new Lines.Drawing();
    List<Outline> pieces = new ArrayList<>();
    int count = whole();
    for (int i = 0; i < count; i++) {
      List<Ring> rings = new ArrayList<>();
      int ringCount = whole();
      for (int ring = 0; ring < ringCount; ring++) {
        rings.add(ring(index, drawing));
      }
      pieces.add(new Outline(rings));
    }
    lands.add(
        new Borders.Land(
            new Territory(number.isEmpty() ? null : number, name), pieces, drawing.lines()));
  }

  private Ring ring(int land, Lines.Drawing drawing) throws IOException {
    int x = step();
    int y = step();
    Path path = new Path(whole());
    path.add(x, y);
    drawing.moveTo(longitude(x), latitude(y));
    int parts = whole();
    for (int part = 0; part < parts; part++) {
      int neighbour = whole() - 1;
      int steps = whole();
      // A border between two is in the outlines of both, and is drawn once.
      boolean drawn = neighbour > land;
      if (drawn) {
        shared.moveTo(longitude(x), latitude(y));
      }
      for (int i = 0; i < steps; i++) {
        int nextX = x + step();
        int nextY = y + step();
        boolean real = !isCut(x, nextX) && !isPole(y) && !isPole(nextY);
        line(drawing, real, nextX, nextY);
        if (drawn) {
          line(shared, real, nextX, nextY);
        }
        path.add(nextX, nextY);
        x = nextX;
        y = nextY;
      }
    }
    return path.ring();
  }

  private void line(Lines.Drawing drawing, boolean real, int x, int y) {
    if (real) {
      drawing.lineTo(longitude(x), latitude(y));
    } else {
      drawing.moveTo(longitude(x), latitude(y));
    }
  }

  /** Whether a line is no border, but where the map is cut along the antimeridian. */
  private boolean isCut(int x, int nextX) {
    return x == nextX && Math.abs(Math.abs(longitude(x)) - 180) < east / 2;
  }

  private boolean isPole(int y) {
    return Math.abs(latitude(y)) >= 90 - north / 2;
  }

  private double longitude(int x) {
    return west + x * east;
  }

  private double latitude(int y) {
    return Math.max(-90, Math.min(90, south + y * north));
  }

  private int whole() throws IOException {
    int number = 0;
    for (int i = 0; i < MOST_BYTES; i++) {
      int next = in.readUnsignedByte();
      number |= (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return number;
      }
    }
    throw new IOException("too long a number in the file of borders");
  }

  private int step() throws IOException {
    int zigzag = whole();
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  /** The points of a ring. */
  private final class Path {
    private final float[] longitudes;
    private final float[] latitudes;
    private int count;

    Path(int points) {
      longitudes = new float[points];
      latitudes = new float[points];
    }

    void add(int x, int y) {
      longitudes[count] = (float) longitude(x);
      latitudes[count++] = (float) latitude(y);
    }

    Ring ring() throws IOException {
      if (count != longitudes.length) {
        throw new IOException("a ring with other points than it says in the file of borders");
      }
      return new Ring(longitudes, latitudes);
    }
  }
}
