package io.refdata.persistence.signal;

import java.io.Serial;

/** A signal cannot be what it is asked to be. */
public class InvalidSignal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String member;

  InvalidSignal(String member, String detail) {
    super(detail);
    this.member = member;
  }

  /** The member of the definition that is at fault. */
  public String member() {
    return member;
  }
}
