package io.refdata.batch.load.intake;

import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Stores the column names of a file in staging, so that later messages about its cells can name
 * them.
 */
public final class Columns {
  private Columns() {}

  public static void stage(Handle handle, StagingTables staging, List<String> header)
      throws SQLException {
    try (BinaryCopy copy =
        new BinaryCopy(handle.getConnection(), staging.columns() + " (col, header)")) {
      for (int column = 0; column < header.size(); column++) {
        copy.row(2).int4(column).text(header.get(column));
      }
      copy.end();
    }
  }
}
