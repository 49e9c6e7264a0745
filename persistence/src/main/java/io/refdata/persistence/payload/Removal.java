package io.refdata.persistence.payload;

/** The bound of retention that a payload was beyond. */
public enum Removal {
  /** It had been stored for longer than {@code refdata.payloads.kept}. */
  AGE,
  /** With newer ones, it had more bytes than {@code refdata.payloads.bytes}. */
  SIZE
}
