package io.refdata.api.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Responds with a problem instead of an error page when RESTEasy or the server refuses a request
 * before a resource sees it.
 */
@WebServlet("/api/refused")
public class ErrorPageServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      ProblemJson.answer(
          Problem.notFound("The interface begins at /api/v1."), request.getRequestURI(), response);
      return;
    }
    int status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    ProblemType type = ProblemType.of(status);
    ProblemJson.answer(new Problem(type, type.title() + "."), path, response);
  }
}
