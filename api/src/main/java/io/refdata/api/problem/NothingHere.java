package io.refdata.api.problem;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;

/** What is asked for below {@code /api}, but in no version of it. */
@WebServlet("/api/*")
public class NothingHere extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = Problem.notFound("The interface begins at /api/v1.");
    response.setStatus(problem.type().status());
    response.setContentType(ProblemJson.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response
        .getOutputStream()
        .write(
            ProblemJson.encode(problem, request.getRequestURI()).getBytes(StandardCharsets.UTF_8));
  }
}
