package io.refdata.batch.load;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.layout.LayoutDefinition;
import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.Duplicates;
import io.refdata.persistence.load.KeptKeys;
import io.refdata.persistence.load.Rejects;
import io.refdata.persistence.load.StagingTables;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import jakarta.validation.Validator;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Takes the items of a file into staging, line by line. */
final class StageItems {
  private final Jdbi jdbi;
  private final Validator validator;
  private final ItemType<?> type;
  private final LayoutDefinition layout;
  private final SourceFile file;
  private final StagingTables staging;

  StageItems(
      Jdbi jdbi,
      Validator validator,
      long load,
      ItemType<?> type,
      LayoutDefinition layout,
      SourceFile file) {
    this.jdbi = jdbi;
    this.validator = validator;
    this.type = type;
    this.layout = layout;
    this.file = file;
    this.staging = new StagingTables(load);
  }

  /** False if it was let be before the end of the file. */
  boolean stage(Tally tally, Rejects.Writer refused, @Nullable KeptKeys kept, Progress progress)
      throws IOException {
    List<Property> properties = ItemLines.properties(type, layout);
    staging.createForItems(jdbi, properties);
    String columns =
        Stream.concat(Stream.of("line"), properties.stream().map(Property::column))
            .collect(Collectors.joining(", "));
    try (Handle copying = jdbi.open();
        BinaryCopy copy =
            new BinaryCopy(copying.getConnection(), staging.rows() + " (" + columns + ")");
        ItemLines items =
            new ItemLines(jdbi, validator, type, layout, file, copy, tally, refused, kept)) {
      LineReader lines = file.lines();
      Block block;
      while ((block = file.next()) != null) {
        if (!progress.goOn()) {
          return false;
        }
        lines.read(block, items::take);
        file.recycle(block);
      }
      tally.requireLines();
      items.end(copying, staging);
      Columns.stage(copying, staging, file.header());
    } catch (SQLException e) {
      throw new IOException("COPY into staging failed", e);
    }
    tally.duplicates(jdbi.inTransaction(handle -> Duplicates.takeItems(handle, staging)));
    return true;
  }
}
