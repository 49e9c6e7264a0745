package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Locale;

/**
 * Refuses bodies in a coding that would be read as if it were none (RFC 9110, 8.4): only loads come
 * in gzip, and see to that themselves. {@code identity} is no coding.
 */
@Provider
public class CodedBodies implements ContainerRequestFilter {
  private static final String LOADS = "loads";

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> lines = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
    if (lines == null || request.getUriInfo().getPath(false).replace("/", "").equals(LOADS)) {
      return;
    }
    for (String coding : String.join(",", lines).split(",")) {
      String name = coding.strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && !name.equals("identity")) {
        throw new Problem(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "A Content-Encoding is read in loads only, and there gzip.");
      }
    }
  }
}
