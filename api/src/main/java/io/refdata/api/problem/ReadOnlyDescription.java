package io.refdata.api.problem;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Set;

/**
 * Where the server leads whoever would do anything to {@code /openapi} but read it (server.cli):
 * WildFly, which gives the description, would answer with a page.
 */
@WebServlet("/api/openapi")
public class ReadOnlyDescription extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;
  private static final String DESCRIPTION = "/openapi";
  private static final Set<String> READ = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (READ.contains(request.getMethod())) {
      ProblemJson.answer(
          Problem.notFound("The description is at /openapi."), request.getRequestURI(), response);
      return;
    }
    ProblemType type = ProblemType.METHOD_NOT_ALLOWED;
    ProblemJson.answer(new Problem(type, type.title() + "."), DESCRIPTION, response);
  }
}
