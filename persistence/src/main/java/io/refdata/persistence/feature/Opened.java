package io.refdata.persistence.feature;

import io.refdata.domain.item.value.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version of a feature set of any kind that is being read: from now on it stays as it is. */
public sealed interface Opened permits OpenedSet, OpenedEnrichment {
  Code code();

  /** The version. */
  int number();

  String name();

  /** The instant as of which it is read; null for now. */
  @Nullable Instant asOf();

  /** The last instant of which everything that was recorded by then is known. */
  Instant settled();

  /** The revision of the reference data at that instant. */
  int references();
}
