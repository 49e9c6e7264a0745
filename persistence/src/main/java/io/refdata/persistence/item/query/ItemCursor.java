package io.refdata.persistence.item.query;

import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.query.ItemSelection.ItemReader;
import io.refdata.persistence.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jdbi.v3.core.result.ResultSetException;

/** The items of a statement, one by one as they come. */
final class ItemCursor implements Iterator<ItemView>, AutoCloseable {
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final ItemRow row;
  private final ItemReader reader;
  private boolean ready;

  /**
   * @param name the name of the statement
   * @param rowsAtATime how many rows are fetched together; 0 for all
   */
  ItemCursor(String name, Sql sql, ItemReader reader, int rowsAtATime, Connection connection) {
    this.reader = reader;
    try {
      statement = sql.prepare(connection, name);
      statement.setFetchSize(rowsAtATime);
      rows = Statements.query(name, statement);
      row = ItemRow.of(rows);
      ready = rows.next();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static ResultSetException failed(SQLException failure) {
    return new ResultSetException("Reading items", failure, null);
  }

  @Override
  public boolean hasNext() {
    return ready;
  }

  @Override
  public ItemView next() {
    if (!ready) {
      throw new NoSuchElementException();
    }
    try {
      ItemView item = Objects.requireNonNull(reader.read(row));
      ready = rows.next();
      return item;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
