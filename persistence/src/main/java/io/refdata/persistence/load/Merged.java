package io.refdata.persistence.load;

/** The numbers of rows that a merge inserted, revised and deleted. */
public record Merged(long inserted, long revised, long deleted) {
  public static final Merged NOTHING = new Merged(0, 0, 0);

  public Merged plus(Merged other) {
    return new Merged(inserted + other.inserted, revised + other.revised, deleted + other.deleted);
  }
}
