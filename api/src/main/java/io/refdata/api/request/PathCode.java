package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.domain.item.value.Code;

/** A code as it stands in a URL. */
public final class PathCode {
  private PathCode() {}

  /** The code; what cannot be one is not found. */
  public static Code of(String value) {
    return Code.parse(value).orElseThrow(() -> Problem.notFound("'" + value + "' is not a code."));
  }
}
