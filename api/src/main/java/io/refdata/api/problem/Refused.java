package io.refdata.api.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to what RESTEasy or the server refuses before a resource sees it: a problem, too, in
 * place of a page.
 */
@WebServlet("/api/refused")
public class Refused extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;
  private static final List<String> MEDIA_TYPES = List.of("Accept", "Content-Type");

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
    ProblemJson.answer(new Problem(type, detail(type, request)), path, response);
  }

  private static String detail(ProblemType type, HttpServletRequest request) {
    if (type == ProblemType.MALFORMED) {
      for (String header : MEDIA_TYPES) {
        String value = request.getHeader(header);
        if (!isMediaTypes(value)) {
          return "The header " + header + " is not made of media types like text/csv.";
        }
      }
    }
    return type.title() + ".";
  }

  private static boolean isMediaTypes(@Nullable String header) {
    try {
      for (String type : header == null ? new String[0] : header.split(",", -1)) {
        MediaType.valueOf(type.strip());
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
