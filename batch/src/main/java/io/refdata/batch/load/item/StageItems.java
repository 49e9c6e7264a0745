package io.refdata.batch.load.item;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.cell.CodeFromName;
import io.refdata.batch.load.intake.Columns;
import io.refdata.batch.load.intake.Progress;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.domain.item.Property;
import io.refdata.persistence.load.item.StagedReferences;
import io.refdata.persistence.load.item.StagedRules;
import io.refdata.persistence.load.staging.DuplicateRows;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.SparedKeys;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import jakarta.validation.Validator;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Takes the items of a file into staging, line by line; then what only the whole file tells: what
 * it says twice, which lines refer to which, and whether they go together with what is on file.
 */
public final class StageItems {
  private final Jdbi jdbi;
  private final Validator validator;
  private final ItemLayout layout;
  private final SourceFile file;
  private final StagingTables staging;

  public StageItems(
      Jdbi jdbi, Validator validator, StagingTables staging, ItemLayout layout, SourceFile file) {
    this.jdbi = jdbi;
    this.validator = validator;
    this.layout = layout;
    this.file = file;
    this.staging = staging;
  }

  /** False if it was let be before the end of the file. */
  public boolean stage(
      Tally tally, Rejects.Writer refused, @Nullable SparedKeys kept, Progress progress)
      throws IOException {
    ItemStagingTable staged = layout.staged();
    staging.createForItems(jdbi, staged);
    Map<Property, String> headers;
    try (Handle copying = jdbi.open();
        BinaryCopy copy =
            new BinaryCopy(
                copying.getConnection(),
                staging.rows() + " (" + String.join(", ", staged.columns()) + ")");
        ItemLines items =
            new ItemLines(jdbi, validator, layout, file, copy, tally, refused, kept)) {
      LineReader lines = file.lines();
      Block block;
      while ((block = file.next()) != null) {
        if (!progress.goOn()) {
          return false;
        }
        lines.read(block, items::take);
        tally.read(block);
        file.recycle(block);
      }
      tally.requireLines();
      items.end(copying, staging);
      Columns.stage(copying, staging, file.header());
      headers = items.headers();
    } catch (SQLException e) {
      throw new IOException("COPY into staging failed", e);
    }
    tally.duplicates(jdbi.inTransaction(handle -> DuplicateRows.takeItems(handle, staging)));
    tally.refusedOfStaged(jdbi.inTransaction(handle -> refuse(handle, staged, refused, headers)));
    return true;
  }

  /** What only the whole file tells. */
  private long refuse(
      Handle handle,
      ItemStagingTable staged,
      Rejects.Writer refused,
      Map<Property, String> headers) {
    StagedReferences references = new StagedReferences(handle, staging, staged);
    references.index();
    for (ItemLayout.Part part : layout.parts()) {
      if (staged.references().contains(part.property())) {
        find(references, part);
      }
    }
    long breaches = new StagedRules(handle, staging, staged).reject(refused, headers);
    references.forgetUnused();
    return breaches;
  }

  private static void find(StagedReferences references, ItemLayout.Part part) {
    Property property = part.property();
    if (part.source().byName()) {
      references.findByName(property);
    }
    if (part.source().create()) {
      references.createByCode(property);
      references.createByName(property, codes(references, references.unknownNames(property)));
    }
  }

  /** A code for each name, none of them taken. */
  private static Map<String, String> codes(StagedReferences references, List<String> names) {
    Set<String> taken =
        new HashSet<>(references.taken(names.stream().map(CodeFromName::as).toList()));
    Map<String, String> codes = new LinkedHashMap<>();
    for (String name : names) {
      String code = CodeFromName.of(name, taken::contains);
      taken.add(code);
      codes.put(name, code);
    }
    return codes;
  }
}
