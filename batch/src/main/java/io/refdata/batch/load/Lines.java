package io.refdata.batch.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.refdata.persistence.load.StagingTables;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Takes the lines of a file into staging: as observations, or as items. */
interface Lines extends AutoCloseable {
  void stage(CsvRecord line) throws SQLException;

  Tally tally();

  /** Ends the rows, and writes what else the merge will need. */
  void end(Handle handle, StagingTables staging) throws SQLException;

  @Override
  void close() throws SQLException;
}
