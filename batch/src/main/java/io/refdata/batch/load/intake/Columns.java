package io.refdata.batch.load.intake;

import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The columns of a file on record, for what is said of its cells later on. */
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
