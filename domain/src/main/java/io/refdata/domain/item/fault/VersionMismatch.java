package io.refdata.domain.item.fault;

/**
 * An item does not have the version that the request requires, or it exists or does not exist
 * contrary to the request.
 */
public class VersionMismatch extends RuntimeException {
  public VersionMismatch(String message) {
    super(message);
  }
}
