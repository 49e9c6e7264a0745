package io.refdata.api.table;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a table row by row, in constant memory. */
public interface TableWriter {
  /** Writes a row, with a cell for each column. The caller may use the array again. */
  void row(@Nullable Object[] cells) throws IOException;

  /** Ends the file. Without it, the file is none. */
  void end() throws IOException;
}
