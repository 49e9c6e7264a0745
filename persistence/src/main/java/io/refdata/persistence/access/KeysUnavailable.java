package io.refdata.persistence.access;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** It cannot be told now whether a key is valid, because the database is away. */
public class KeysUnavailable extends Exception {
  @Serial private static final long serialVersionUID = 1;

  KeysUnavailable(@Nullable Throwable cause) {
    super("The keys cannot be read", cause);
  }
}
