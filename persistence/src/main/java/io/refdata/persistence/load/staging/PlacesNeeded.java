package io.refdata.persistence.load.staging;

/**
 * The staged rows have duplicates, and the places of these in the file are not known. The file is
 * to be staged again, with places.
 */
public class PlacesNeeded extends RuntimeException {
  PlacesNeeded(String table) {
    super(table + " has duplicates, and no places to report them.");
  }
}
