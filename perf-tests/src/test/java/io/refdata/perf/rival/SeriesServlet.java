package io.refdata.perf.rival;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Serves one year of one series by plain JDBC, with the same statement as the platform, and appends
 * the values to one text.
 */
@WebServlet("/series")
public class SeriesServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  private static final String SQL =
      """
      select o.series_id, o.time, o.value, o.status
        from curated.observation_%d o
       where o.dataset_id = ? and o.series_id = ? and o.time >= ? and o.time < ?
       order by o.series_id, o.time
      """;

  /**
   * The statement; its parameters are the dataset, the series, the start and the end (excluded).
   */
  public static String sql(int dataset) {
    return SQL.formatted(dataset);
  }

  @Resource(lookup = "java:jboss/datasources/refdata")
  private transient DataSource database;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    StringBuilder times = new StringBuilder("{\"time\":[");
    StringBuilder values = new StringBuilder("],\"value\":[");
    int dataset = Integer.parseInt(request.getParameter("dataset"));
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql(dataset))) {
      statement.setInt(1, dataset);
      statement.setInt(2, Integer.parseInt(request.getParameter("series")));
      statement.setObject(3, instant(request, "from"));
      statement.setObject(4, instant(request, "before"));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          times.append('"');
          times.append(rows.getObject(2, OffsetDateTime.class).toLocalDate()).append("\",");
          values.append(rows.getDouble(3)).append(',');
        }
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    response.setContentType("application/json");
    response.getWriter().append(times).append(values).append("]}");
  }

  private static OffsetDateTime instant(HttpServletRequest request, String name) {
    return Instant.parse(request.getParameter(name)).atOffset(ZoneOffset.UTC);
  }
}
