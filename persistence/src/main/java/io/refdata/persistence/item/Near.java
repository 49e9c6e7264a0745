package io.refdata.persistence.item;

import org.jspecify.annotations.Nullable;

/**
 * A place whose neighbours are asked for. A distance is that of the great circle, on a sphere with
 * the mean radius of the IUGG, 6371.0088 km, and rounded to the metre. An item without a position
 * is not near anything.
 *
 * @param latitude in degrees, from -90 to 90
 * @param longitude in degrees, from -180 to 180
 * @param radiusKm the largest distance of a neighbour, in kilometres; null for any
 * @param k how many neighbours there are at most, whatever the pages; null for any number
 */
public record Near(
    double latitude, double longitude, @Nullable Double radiusKm, @Nullable Integer k) {
  /** The member of a neighbour that holds its distance, in kilometres. */
  public static final String DISTANCE = "distanceKm";
}
