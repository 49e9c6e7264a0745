package io.refdata.batch.load.intake;

/**
 * The reason why a line or a cell is rejected. It is data, not an exception.
 *
 * @param code the kind of fault, such as {@code UNKNOWN_REGION}
 * @param reason a description of the fault
 */
public record RejectReason(String code, String reason) {
  private static final String UNKNOWN = "UNKNOWN_";

  /**
   * A text that names an item which does not exist.
   *
   * @param subject the dimension or property, in capital letters
   */
  public static RejectReason unknown(String subject, String reason) {
    return new RejectReason(UNKNOWN + subject, reason);
  }

  /** Whether a text names an item that does not exist: layouts may leave such lines out. */
  public boolean isUnknown() {
    return code.startsWith(UNKNOWN);
  }
}
