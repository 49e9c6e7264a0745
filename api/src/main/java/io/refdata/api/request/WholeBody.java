package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a client whose body breaks off that it did so: the service has not failed. */
@Provider
public class WholeBody implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (request.hasEntity()) {
      request.setEntityStream(new Arriving(request.getEntityStream()));
    }
  }

  private static final class Arriving extends FilterInputStream {
    Arriving(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw brokenOff(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        throw brokenOff(e);
      }
    }

    private static Problem brokenOff(IOException cause) {
      Problem problem =
          new Problem(ProblemType.MALFORMED, "The body broke off before it was there as a whole.");
      problem.initCause(cause);
      return problem;
    }
  }
}
