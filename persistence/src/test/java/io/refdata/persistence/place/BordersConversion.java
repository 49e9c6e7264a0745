package io.refdata.persistence.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the file of borders from {@code countries-10m.json} of world-atlas, which is TopoJSON; how
 * to run it stands in docs/places.md. It changes three things. Rings across the antimeridian go on
 * beyond 180 degrees, and the one around the south pole is closed there. Islands and provinces that
 * have a number of their own in ISO 3166-1 become territories, where the source draws them as parts
 * of a country. Of each part of a border it says what lies on the other side.
 */
final class BordersConversion {
  private static final String FORM = "borders 1";
  private static final int BEHIND = -1;
  private static final int SOUTH_POLE = -90;

  /** Parts of a territory of the source that are territories in ISO 3166-1, by their boxes. */
  private static final List<Part> PARTS =
      List.of(
          new Part("France", "254", "Fr. Guiana", -55, -51, 2, 6),
          new Part("France", "312", "Guadeloupe", -62, -60.9, 15.7, 16.6),
          new Part("France", "474", "Martinique", -61.3, -60.7, 14.3, 15),
          new Part("France", "175", "Mayotte", 44.9, 45.4, -13.1, -12.5),
          new Part("France", "638", "Reunion", 55, 56, -21.5, -20.5),
          new Part("Norway", "744", "Svalbard", 10, 35, 74, 82),
          new Part("Norway", "744", "Svalbard", -10, -7, 70, 72),
          new Part("Norway", "074", "Bouvet I.", 3, 4, -55, -54),
          new Part("Netherlands", "535", "Caribbean Neth.", -69, -62, 11, 18),
          new Part("New Zealand", "772", "Tokelau", -173, -171, -10, -8),
          new Part("Indian Ocean Ter.", "162", "Christmas I.", 105, 106, -11, -10),
          new Part("Indian Ocean Ter.", "166", "Cocos Is.", 96, 97, -13, -12));

  private record Part(
      String of, String number, String name, double west, double east, double south, double north) {
    boolean holds(String country, double longitude, double latitude) {
      return country.equals(of)
          && longitude > west
          && longitude < east
          && latitude > south
          && latitude < north;
    }
  }

  private record Land(String number, String name) {}

  private final double[] scale;
  private final double[] origin;
  private final int turn;
  private final List<int[][]> arcs = new ArrayList<>();
  private final Map<Land, List<JsonNode>> lands = new LinkedHashMap<>();

  /** The lands on both sides of each arc. */
  private final Map<Integer, List<Land>> sides = new HashMap<>();

  private BordersConversion(JsonNode topology) {
    JsonNode transform = topology.get("transform");
    scale = new double[] {number(transform, "scale", 0), number(transform, "scale", 1)};
    origin = new double[] {number(transform, "translate", 0), number(transform, "translate", 1)};
    turn = (int) Math.rint(360 / scale[0]);
    for (JsonNode arc : topology.get("arcs")) {
      arcs.add(points(arc));
    }
    for (JsonNode geometry : topology.get("objects").get("countries").get("geometries")) {
      boolean one = geometry.get("type").asText().equals("Polygon");
      for (JsonNode piece : one ? List.of(geometry.get("arcs")) : geometry.get("arcs")) {
        Land land = land(geometry, piece);
        lands.computeIfAbsent(land, each -> new ArrayList<>()).add(piece);
        piece.forEach(ring -> ring.forEach(arc -> side(arc.asInt(), land)));
      }
    }
  }

  private static double number(JsonNode object, String name, int index) {
    return object.get(name).get(index).asDouble();
  }

  private static int[][] points(JsonNode arc) {
    int[][] points = new int[arc.size()][];
    int x = 0;
    int y = 0;
    for (int i = 0; i < points.length; i++) {
      x += arc.get(i).get(0).asInt();
      y += arc.get(i).get(1).asInt();
      points[i] = new int[] {x, y};
    }
    return points;
  }

  private void side(int arc, Land land) {
    sides.computeIfAbsent(Math.max(arc, ~arc), each -> new ArrayList<>()).add(land);
  }

  private Land land(JsonNode geometry, JsonNode piece) {
    String name = geometry.get("properties").get("name").asText();
    int[] first = arc(piece.get(0).get(0).asInt())[0];
    double longitude = origin[0] + first[0] * scale[0];
    double latitude = origin[1] + first[1] * scale[1];
    for (Part part : PARTS) {
      if (part.holds(name, longitude, latitude)) {
        return new Land(part.number(), part.name());
      }
    }
    return new Land(geometry.path("id").asText(""), name);
  }

  private int[][] arc(int reference) {
    int[][] forward = arcs.get(Math.max(reference, ~reference));
    if (reference >= 0) {
      return forward;
    }
    int[][] backward = new int[forward.length][];
    for (int i = 0; i < forward.length; i++) {
      backward[i] = forward[forward.length - 1 - i];
    }
    return backward;
  }

  private byte[] file() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new BestGzip(bytes))) {
      out.writeUTF(FORM);
      out.writeDouble(scale[0]);
      out.writeDouble(scale[1]);
      out.writeDouble(origin[0]);
      out.writeDouble(origin[1]);
      whole(out, lands.size());
      List<Land> order = List.copyOf(lands.keySet());
      for (Map.Entry<Land, List<JsonNode>> each : lands.entrySet()) {
        out.writeUTF(each.getKey().number());
        out.writeUTF(each.getKey().name());
        whole(out, each.getValue().size());
        for (JsonNode piece : each.getValue()) {
          whole(out, piece.size());
          for (JsonNode ring : piece) {
            ring(out, ring, each.getKey(), order);
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  private void ring(DataOutputStream out, JsonNode ring, Land land, List<Land> order)
      throws IOException {
    List<int[]> steps = new ArrayList<>();
    List<int[]> parts = new ArrayList<>();
    int[] first = arc(ring.get(0).asInt())[0];
    int x = first[0];
    int y = first[1];
    for (JsonNode reference : ring) {
      int[][] points = arc(reference.asInt());
      int before = steps.size();
      for (int i = 1; i < points.length; i++) {
        int east = points[i][0] - x;
        east -= turn * (int) Math.rint((double) east / turn);
        steps.add(new int[] {east, points[i][1] - y});
        x += east;
        y = points[i][1];
      }
      Land other = otherSide(Math.max(reference.asInt(), ~reference.asInt()), land);
      parts.add(new int[] {other == null ? BEHIND : order.indexOf(other), steps.size() - before});
    }
    if (x != first[0]) {
      int pole = (int) Math.floor((SOUTH_POLE - origin[1]) / scale[1]);
      steps.add(new int[] {0, pole - y});
      steps.add(new int[] {first[0] - x, 0});
      steps.add(new int[] {0, first[1] - pole});
      parts.add(new int[] {BEHIND, 3});
    } else if (y != first[1]) {
      throw new IOException("an open ring of " + land.name());
    }
    step(out, first[0]);
    step(out, first[1]);
    whole(out, steps.size() + 1);
    whole(out, parts.size());
    int written = 0;
    for (int[] part : parts) {
      whole(out, part[0] + 1);
      whole(out, part[1]);
      for (int[] step : steps.subList(written, written + part[1])) {
        step(out, step[0]);
        step(out, step[1]);
      }
      written += part[1];
    }
  }

  private @Nullable Land otherSide(int arc, Land land) {
    return Objects.requireNonNull(sides.get(arc)).stream()
        .filter(other -> !other.equals(land))
        .findFirst()
        .orElse(null);
  }

  private static void step(DataOutputStream out, int step) throws IOException {
    whole(out, step << 1 ^ step >> 31);
  }

  private static void whole(DataOutputStream out, int number) throws IOException {
    int rest = number;
    while ((rest & ~0x7f) != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** As small as it gets. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  /** The file of borders from a file of world-atlas. */
  static byte[] of(Path topology) throws IOException {
    return new BordersConversion(new ObjectMapper().readTree(topology.toFile())).file();
  }

  /**
   * Writes the file of borders.
   *
   * @param arguments the file of world-atlas, the file to write
   */
  public static void main(String[] arguments) throws IOException {
    Files.write(Path.of(arguments[1]), of(Path.of(arguments[0])));
  }
}
