package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.domain.item.value.Code;

/** Reads a code in the path of a URL. */
public final class PathCode {
  private PathCode() {}

  /** The code; a text that cannot be a code is answered with 404. */
  public static Code of(String value) {
    return Code.parse(value).orElseThrow(() -> Problem.notFound("'" + value + "' is not a code."));
  }
}
