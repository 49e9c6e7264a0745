package io.refdata.domain.place;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * The borders of the territories of the world, those of Natural Earth at a scale of 1 : 10 million.
 * They tell in which territory a place lies, and how far it is from borders. A line of theirs may
 * be a kilometre or two from where the border is (docs/places.md). They are the same at all times.
 */
public final class Borders {
  private static final String FILE = "borders.bin.gz";
  private static final double TURN = 360;
  private static final double METRES_OF_A_LINE = 10;

  private final List<Land> lands;
  private final Lines shared;
  private final STRtree pieces = new STRtree();
  private final Map<String, Land> byNumber = new HashMap<>();

  /** A territory, its pieces, and the lines around it. */
  record Land(Territory territory, List<Outline> pieces, Lines lines) {
    boolean covers(Position place) {
      for (Outline piece : pieces) {
        for (double turn = -TURN; turn <= TURN; turn += TURN) {
          if (piece.covers(place.longitude() + turn, place.latitude())) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private record Piece(int land, Outline outline) {}

  /**
   * Where a place is.
   *
   * @param territory the one it lies in; the nearest one if it lies in the sea
   * @param offshoreKm the distance from the territory, in kilometres; 0 if the place lies in it
   */
  public record Found(Territory territory, double offshoreKm) {}

  /**
   * @param shared the lines between two territories
   */
  Borders(List<Land> lands, Lines shared) {
    this.lands = List.copyOf(lands);
    this.shared = shared;
    for (int i = 0; i < lands.size(); i++) {
      Land land = lands.get(i);
      if (land.territory().number() != null) {
        byNumber.putIfAbsent(land.territory().number(), land);
      }
      for (Outline outline : land.pieces()) {
        pieces.insert(outline.envelope(), new Piece(i, outline));
      }
    }
    pieces.build();
  }

  /** The borders. They are read when they are first asked for, and take some 20 MB. */
  public static Borders ofTheWorld() {
    return World.BORDERS;
  }

  private static final class World {
    private static final Borders BORDERS = read();

    private static Borders read() {
      try (InputStream file = Borders.class.getResourceAsStream(FILE)) {
        return BordersFile.read(Objects.requireNonNull(file, FILE));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** All territories. */
  public List<Territory> territories() {
    return lands.stream().map(Land::territory).toList();
  }

  /**
   * The territory of a place; null if it lies in the sea, farther from any than it may.
   *
   * @param seaKm how far a place in the sea may be from its territory, in kilometres
   */
  public @Nullable Found find(Position place, double seaKm) {
    int land = landAt(place);
    if (land >= 0) {
      return new Found(lands.get(land).territory(), 0);
    }
    Point point = place.point();
    double distance = seaKm;
    for (int i = 0; i < lands.size(); i++) {
      double toLand = lands.get(i).lines().kilometresTo(point, distance);
      if (toLand < distance || (toLand == distance && land < 0)) {
        distance = toLand;
        land = i;
      }
    }
    return land < 0 ? null : new Found(lands.get(land).territory(), rounded(distance));
  }

  /** The number of the land that a place lies in, the lowest if it lies on a border; else -1. */
  private int landAt(Position place) {
    int found = -1;
    for (double turn = -TURN; turn <= TURN; turn += TURN) {
      double longitude = place.longitude() + turn;
      for (Object each :
          pieces.query(new Envelope(longitude, longitude, place.latitude(), place.latitude()))) {
        Piece piece = (Piece) each;
        if ((found < 0 || piece.land() < found)
            && piece.outline().covers(longitude, place.latitude())) {
          found = piece.land();
        }
      }
    }
    return found;
  }

  /**
   * The distance from the nearest border between two territories, in kilometres, to ten metres; a
   * coast is none. {@code NaN} if it is farther than {@code mostKm}.
   */
  public double toBorderKm(Position place, double mostKm) {
    return rounded(shared.kilometresTo(place.point(), mostKm));
  }

  /**
   * The distance from the territory of a number, in kilometres, to ten metres; 0 in it; {@code NaN}
   * if there is no such territory.
   */
  public double toTerritoryKm(Position place, String number) {
    Land land = byNumber.get(number);
    if (land == null) {
      return Double.NaN;
    }
    return land.covers(place)
        ? 0
        : rounded(land.lines().kilometresTo(place.point(), Math.PI * Position.RADIUS_KM));
  }

  private static double rounded(double kilometres) {
    return Math.rint(kilometres * 1000 / METRES_OF_A_LINE) * METRES_OF_A_LINE / 1000;
  }
}
