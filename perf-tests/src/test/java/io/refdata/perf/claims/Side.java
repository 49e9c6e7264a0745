package io.refdata.perf.claims;

import io.refdata.persistence.Database;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * One side of a comparison in the database. It has its own connection, which stays open. The
 * platform's classes send their statements on it, unchanged, or with a copy in place of one table.
 */
final class Side implements AutoCloseable {
  private final Connection connection;
  private final DataSource dataSource;

  /** The tables of one or several partitions, as they stand in the platform's statements. */
  private static final Pattern PARTITIONS =
      Pattern.compile(
          "curated\\.observation_\\d+_\\d+_\\d+|\\((?:(?: union all )?select [a-z_, ]+ from"
              + " curated\\.observation_\\d+_\\d+_\\d+)+\\)");

  private Side(DataSource source, Pattern table, String copy) throws SQLException {
    connection = source.getConnection();
    Object unclosable =
        proxy(
            Connection.class,
            (proxy, method, arguments) ->
                method.getName().equals("close")
                    ? null
                    : invoke(connection, method, replaced(method, arguments, table, copy)));
    dataSource =
        (DataSource)
            proxy(
                DataSource.class,
                (proxy, method, arguments) ->
                    method.getName().equals("getConnection")
                        ? unclosable
                        : invoke(source, method, arguments));
  }

  /** The platform with its own tables. */
  static Side platform(DataSource source) throws SQLException {
    return new Side(source, Pattern.compile("(?!)"), "");
  }

  /**
   * The platform with a copy of the observations.
   *
   * @param copy the table that is read in place of the partitions of observations
   */
  static Side with(DataSource source, String copy) throws SQLException {
    return new Side(source, PARTITIONS, copy);
  }

  /**
   * The platform with a copy of another table.
   *
   * @param table a table of the platform, with its schema
   * @param copy the table that is read in its place
   */
  static Side with(DataSource source, String table, String copy) throws SQLException {
    return new Side(source, Pattern.compile("\\b" + Pattern.quote(table) + "\\b"), copy);
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(Side.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static @Nullable Object invoke(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static Object @Nullable [] replaced(
      Method method, Object @Nullable [] arguments, Pattern table, String copy) {
    if (arguments != null && method.getName().equals("prepareStatement")) {
      arguments[0] = table.matcher((String) arguments[0]).replaceAll(copy);
    }
    return arguments;
  }

  /** A data source that always returns the same connection. */
  DataSource dataSource() {
    return dataSource;
  }

  Jdbi jdbi() {
    return Database.of(dataSource);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
