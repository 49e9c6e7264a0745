package io.refdata.batch.load.intake;

/**
 * Why a line or a cell is refused: data, thrown nowhere.
 *
 * @param code what kind of fault: {@code UNKNOWN_REGION}
 * @param reason the fault in words
 */
public record RejectReason(String code, String reason) {}
