package io.refdata.persistence.upkeep;

/** A step is not done now, because it would make others wait. */
public class Postponed extends RuntimeException {
  /**
   * @param reason a sentence
   */
  public Postponed(String reason) {
    super(reason);
  }
}
