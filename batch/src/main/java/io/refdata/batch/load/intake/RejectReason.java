package io.refdata.batch.load.intake;

/**
 * The reason why a line or a cell is rejected. It is data, not an exception.
 *
 * @param code the kind of fault, such as {@code UNKNOWN_REGION}
 * @param reason a description of the fault
 */
public record RejectReason(String code, String reason) {}
