package io.refdata.perf;

import io.refdata.perf.rival.JoinServlet;
import io.refdata.perf.rival.SeriesServlet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the platform reads most, as one would write it by hand for these reads alone: a prepared
 * statement for each, and every value taken as it comes, in the order in which an item shows them.
 * Of owners, the text that they are kept as.
 */
final class PlainJdbc {
  private static final String ITEM =
      """
      select f.version, f.code, f.name, f.kind, f.fuel, f.capacity_mw, f.latitude, f.longitude,
             f.commissioned, f.retired, r.code, r.name, o.code, o.name, f.owners
        from ref.facility f
        left join ref.region r on r.id = f.region_id
        left join ref.organization o on o.id = f.organization_id
       where f.code = ?
      """;

  private static final String PAGE =
      """
      select f.id, f.version, f.code, f.name, f.kind, f.fuel, f.capacity_mw, f.latitude, f.longitude,
             f.commissioned, f.retired, r.code, r.name, r.kind, p.code, p.name, r.alpha2, r.m49,
             r.latitude, r.longitude, r.valid_from, r.valid_to, rr.code, rr.name,
             o.code, o.name, o.lei, o.kind, q.code, q.name, op.code, op.name, o.status, f.owners,
             s.code, s.name, s.scope, s.gas, s.method
      """
          + JoinServlet.FROM;

  private final DataSource source;

  PlainJdbc(DataSource source) {
    this.source = source;
  }

  /** Takes values one by one; null where there is none. */
  @FunctionalInterface
  interface Taker {
    void take(@Nullable Object value);
  }

  /**
   * Reads a facility by its code.
   *
   * @return how many there are
   */
  int item(String code, Taker values) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(ITEM)) {
      statement.setString(1, code);
      try (ResultSet rows = statement.executeQuery()) {
        int items = 0;
        while (rows.next()) {
          items++;
          values.take(rows.getInt(1));
          texts(rows, 2, 5, values);
          numbers(rows, 6, 8, values);
          texts(rows, 9, 15, values);
        }
        return items;
      }
    }
  }

  /**
   * Reads the first 50 facilities with their regions, operators and emission sources, by one join.
   *
   * @return how many facilities there are
   */
  int page(Taker values) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(PAGE);
        ResultSet rows = statement.executeQuery()) {
      int items = 0;
      int facility = 0;
      while (rows.next()) {
        if (rows.getInt(1) != facility) {
          facility = rows.getInt(1);
          items++;
          facility(rows, values);
        }
        emissionSource(rows, values);
      }
      return items;
    }
  }

  private static void facility(ResultSet rows, Taker values) throws SQLException {
    values.take(rows.getInt(2));
    texts(rows, 3, 6, values);
    numbers(rows, 7, 9, values);
    texts(rows, 10, 18, values);
    numbers(rows, 19, 20, values);
    days(rows, 21, 22, values);
    texts(rows, 23, 34, values);
  }

  private static void emissionSource(ResultSet rows, Taker values) throws SQLException {
    if (rows.getString(35) != null) {
      texts(rows, 35, 36, values);
      texts(rows, 3, 4, values); // the facility, that it refers to
      values.take(rows.getInt(37));
      texts(rows, 38, 39, values);
    }
  }

  /**
   * Reads a part of a series: time, value and status of each observation.
   *
   * @param from not before
   * @param before only before
   * @return how many observations there are
   */
  int series(int dataset, int series, Instant from, Instant before, Taker values)
      throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(SeriesServlet.sql(dataset))) {
      statement.setInt(1, dataset);
      statement.setInt(2, series);
      statement.setObject(3, from.atOffset(ZoneOffset.UTC));
      statement.setObject(4, before.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = statement.executeQuery()) {
        int observations = 0;
        while (rows.next()) {
          observations++;
          values.take(rows.getObject(2, OffsetDateTime.class).toInstant());
          numbers(rows, 3, 3, values);
          values.take(rows.getString(4));
        }
        return observations;
      }
    }
  }

  private static void texts(ResultSet rows, int first, int last, Taker values) throws SQLException {
    for (int column = first; column <= last; column++) {
      values.take(rows.getString(column));
    }
  }

  private static void numbers(ResultSet rows, int first, int last, Taker values)
      throws SQLException {
    for (int column = first; column <= last; column++) {
      double number = rows.getDouble(column);
      values.take(rows.wasNull() ? null : (Object) number);
    }
  }

  private static void days(ResultSet rows, int first, int last, Taker values) throws SQLException {
    for (int column = first; column <= last; column++) {
      values.take(rows.getObject(column, LocalDate.class));
    }
  }
}
