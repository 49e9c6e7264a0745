package io.refdata.perf.rival;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Serves the first page of facilities with region, organization and emission sources, by one
 * hand-written join and plain JDBC. It encodes with the same Jackson, but has no objects for rows,
 * no conditions and no cursor.
 */
@WebServlet("/join")
public class JoinServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private static final String[] FACILITY = {
    "code",
    "name",
    "kind",
    "fuel",
    "capacityMw",
    "latitude",
    "longitude",
    "commissioned",
    "retired",
    "owners"
  };
  private static final String[] REGION = {
    "code", "name", "kind", "alpha2", "m49", "latitude", "longitude", "validFrom", "validTo"
  };
  private static final String[] ORGANIZATION = {"code", "name", "lei", "kind", "status"};
  private static final String[] SOURCE = {"code", "name", "scope", "gas", "method"};

  /**
   * The first 50 facilities, {@code f}, with the items that they refer to, the items that these
   * refer to, and their emission sources, {@code s}: one row per emission source.
   */
  public static final String FROM =
      """
       from (select * from ref.facility order by code collate "C" limit 50) f
       left join ref.region r on r.id = f.region_id
       left join ref.region p on p.id = r.parent_id
       left join ref.region rr on rr.id = r.replaced_by_id
       left join ref.organization o on o.id = f.organization_id
       left join ref.region q on q.id = o.region_id
       left join ref.organization op on op.id = o.parent_id
       left join ref.emission_source s on s.facility_id = f.id
      order by f.code collate "C", s.code collate "C"
      """;

  private static final String SQL =
      """
      select f.id, f.code, f.name, f.kind, f.fuel, f.capacity_mw, f.latitude, f.longitude, f.commissioned, f.retired, f.owners,
             r.code, r.name, r.kind, r.alpha2, r.m49, r.latitude, r.longitude, r.valid_from, r.valid_to,
             p.code, p.name, rr.code, rr.name,
             o.code, o.name, o.lei, o.kind, o.status, q.code, q.name, op.code, op.name,
             s.code, s.name, s.scope, s.gas, s.method
      """
          + FROM;

  @Resource(lookup = "java:jboss/datasources/refdata")
  private transient DataSource database;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SQL);
        ResultSet rows = statement.executeQuery();
        JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      int facility = 0;
      while (rows.next()) {
        if (rows.getInt(1) != facility) {
          if (facility != 0) {
            end(json);
          }
          facility = rows.getInt(1);
          begin(rows, json);
        }
        if (rows.getString(34) != null) {
          json.writeStartObject();
          write(rows, SOURCE, 34, json);
          json.writeObjectFieldStart("facility");
          json.writeStringField("code", rows.getString(2));
          json.writeStringField("name", rows.getString(3));
          json.writeEndObject();
          json.writeEndObject();
        }
      }
      end(json);
      json.writeEndArray();
      json.writeNullField("next");
      json.writeEndObject();
    } catch (SQLException e) {
      throw new IOException(e);
    }
    response.setContentType("application/json");
    response.getOutputStream().write(out.toByteArray());
  }

  private static void begin(ResultSet rows, JsonGenerator json) throws SQLException, IOException {
    json.writeStartObject();
    write(rows, FACILITY, 2, json);
    json.writeObjectFieldStart("region");
    write(rows, REGION, 12, json);
    reference(rows, "parent", 21, json);
    reference(rows, "replacedBy", 23, json);
    json.writeEndObject();
    json.writeObjectFieldStart("organization");
    write(rows, ORGANIZATION, 25, json);
    reference(rows, "region", 30, json);
    reference(rows, "parent", 32, json);
    json.writeEndObject();
    json.writeArrayFieldStart("emissionSources");
  }

  private static void end(JsonGenerator json) throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void reference(ResultSet rows, String name, int column, JsonGenerator json)
      throws SQLException, IOException {
    String code = rows.getString(column);
    if (code == null) {
      json.writeNullField(name);
    } else {
      json.writeObjectFieldStart(name);
      json.writeStringField("code", code);
      json.writeStringField("name", rows.getString(column + 1));
      json.writeEndObject();
    }
  }

  private static void write(ResultSet rows, String[] names, int first, JsonGenerator json)
      throws SQLException, IOException {
    for (int i = 0; i < names.length; i++) {
      switch (names[i]) {
        case "capacityMw", "latitude", "longitude" -> {
          double number = rows.getDouble(first + i);
          if (rows.wasNull()) {
            json.writeNullField(names[i]);
          } else {
            json.writeNumberField(names[i], number);
          }
        }
        case "scope" -> json.writeNumberField(names[i], rows.getInt(first + i));
        default -> json.writeStringField(names[i], rows.getString(first + i));
      }
    }
  }
}
