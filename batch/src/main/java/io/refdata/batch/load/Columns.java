package io.refdata.batch.load;

import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.StagingTables;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The columns of a file on record, for what is said of its cells later on. */
final class Columns {
  private Columns() {}

  static void stage(Handle handle, StagingTables staging, List<String> header) throws SQLException {
    try (BinaryCopy copy =
        new BinaryCopy(handle.getConnection(), staging.columns() + " (col, header)")) {
      for (int column = 0; column < header.size(); column++) {
        copy.row(2).int4(column).text(header.get(column));
      }
      copy.end();
    }
  }
}
