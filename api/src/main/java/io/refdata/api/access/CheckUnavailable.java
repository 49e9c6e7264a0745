package io.refdata.api.access;

import java.io.Serial;

/** It cannot be told now whether a credential is good: what it is checked against is away. */
public class CheckUnavailable extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public CheckUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
