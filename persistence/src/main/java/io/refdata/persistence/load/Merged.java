package io.refdata.persistence.load;

/** What a merge did. */
public record Merged(long inserted, long revised, long deleted) {
  public static final Merged NOTHING = new Merged(0, 0, 0);

  public Merged plus(Merged other) {
    return new Merged(inserted + other.inserted, revised + other.revised, deleted + other.deleted);
  }
}
