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
 * The platform's most frequent reads, written by hand for these reads alone: one prepared statement
 * each, which hands over every value as it is read, in the order of the item's properties. Owners
 * are handed over as the text that is stored.
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

  /** Handles values one by one; null for a missing value. */
  @FunctionalInterface
  interface ValueHandler {
    void handle(@Nullable Object value);
  }

  /**
   * Reads a facility by its code.
   *
   * @return the number of facilities found
   */
  int item(String code, ValueHandler values) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(ITEM)) {
      statement.setString(1, code);
      try (ResultSet rows = statement.executeQuery()) {
        int items = 0;
        while (rows.next()) {
          items++;
          values.handle(rows.getInt(1));
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
   * @return the number of facilities
   */
  int page(ValueHandler values) throws SQLException {
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

  private static void facility(ResultSet rows, ValueHandler values) throws SQLException {
    values.handle(rows.getInt(2));
    texts(rows, 3, 6, values);
    numbers(rows, 7, 9, values);
    texts(rows, 10, 18, values);
    numbers(rows, 19, 20, values);
    days(rows, 21, 22, values);
    texts(rows, 23, 34, values);
  }

  private static void emissionSource(ResultSet rows, ValueHandler values) throws SQLException {
    if (rows.getString(35) != null) {
      texts(rows, 35, 36, values);
      texts(rows, 3, 4, values); // the facility that it refers to
      values.handle(rows.getInt(37));
      texts(rows, 38, 39, values);
    }
  }

  /**
   * Reads a part of a series: time, value and status of each observation.
   *
   * @param from the start, included
   * @param before the end, not included
   * @return the number of observations
   */
  int series(int dataset, int series, Instant from, Instant before, ValueHandler values)
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
          values.handle(rows.getObject(2, OffsetDateTime.class).toInstant());
          numbers(rows, 3, 3, values);
          values.handle(rows.getString(4));
        }
        return observations;
      }
    }
  }

  private static void texts(ResultSet rows, int first, int last, ValueHandler values)
      throws SQLException {
    for (int column = first; column <= last; column++) {
      values.handle(rows.getString(column));
    }
  }

  private static void numbers(ResultSet rows, int first, int last, ValueHandler values)
      throws SQLException {
    for (int column = first; column <= last; column++) {
      double number = rows.getDouble(column);
      values.handle(rows.wasNull() ? null : (Object) number);
    }
  }

  private static void days(ResultSet rows, int first, int last, ValueHandler values)
      throws SQLException {
    for (int column = first; column <= last; column++) {
      values.handle(rows.getObject(column, LocalDate.class));
    }
  }
}
