package io.refdata.domain.item.fault;

/** An item is not in the version, or not in the state of being there or not, that was asked for. */
public class VersionMismatch extends RuntimeException {
  public VersionMismatch(String message) {
    super(message);
  }
}
