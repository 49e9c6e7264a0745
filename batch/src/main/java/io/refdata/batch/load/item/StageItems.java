package io.refdata.batch.load.item;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.cell.CodeFromName;
import io.refdata.batch.load.intake.Columns;
import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.domain.item.Property;
import io.refdata.persistence.load.item.StagedReferences;
import io.refdata.persistence.load.item.StagedRules;
import io.refdata.persistence.load.staging.DuplicateRows;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
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

/**
 * Stages the items of a file line by line. Then it does the checks that need the whole file:
 * duplicates, references between lines, and contradictions to stored items.
 */
final class StageItems {
  private final Jdbi jdbi;
  private final Validator validator;
  private final ItemLayout layout;
  private final SourceFile file;
  private final Intake intake;
  private final StagingTables staging;

  StageItems(
      Jdbi jdbi,
      Validator validator,
      long load,
      ItemLayout layout,
      SourceFile file,
      Intake intake) {
    this.jdbi = jdbi;
    this.validator = validator;
    this.layout = layout;
    this.file = file;
    this.intake = intake;
    this.staging = new StagingTables(load);
  }

  /**
   * Stages the items.
   *
   * @return false if the load was stopped before the end of the file
   */
  boolean stage() throws IOException {
    long start = System.nanoTime();
    Tally tally = intake.tally();
    ItemStagingTable staged = layout.staged();
    staging.createForItems(jdbi, staged);
    Map<Property, String> headers;
    try (Handle copying = jdbi.open();
        ItemCopy copy = new ItemCopy(copying, staging, staged)) {
      ItemLines items = new ItemLines(jdbi, validator, layout, file, copy, intake.outcome());
      LineReader lines = file.lines();
      Block block;
      while ((block = file.next()) != null) {
        if (!intake.progress().goOn()) {
          return false;
        }
        lines.read(block, items::handle);
        tally.read(block);
        file.recycle(block);
      }
      tally.requireLines();
      copy.end();
      items.stageCreated(copying, staging);
      Columns.stage(copying, staging, file.header());
      headers = items.headers();
    } catch (SQLException e) {
      throw new IOException("COPY into staging failed", e);
    }
    tally.duplicates(jdbi.inTransaction(handle -> DuplicateRows.takeItems(handle, staging)), 0);
    StagedReferences.index(jdbi, staging, staged);
    StagedRules.Refused refused =
        jdbi.inTransaction(handle -> refuseAfterStaging(handle, staged, headers));
    tally.rejectStaged(refused.rejected());
    tally.ignoreStaged(refused.ignored());
    tally.worked(System.nanoTime() - start);
    return true;
  }

  /**
   * Resolves references between lines and rejects rows that break rules. Both need the whole file.
   */
  private StagedRules.Refused refuseAfterStaging(
      Handle handle, ItemStagingTable staged, Map<Property, String> headers) {
    StagedReferences references = new StagedReferences(handle, staging, staged);
    for (ItemLayout.Part part : layout.parts()) {
      if (staged.references().contains(part.property())) {
        resolve(references, part);
      }
    }
    StagedRules.Refused refused =
        new StagedRules(handle, staging, staged)
            .refuse(intake.rejects(), headers, layout.definition().ignoreUnknown());
    references.forgetUnused();
    return refused;
  }

  private static void resolve(StagedReferences references, ItemLayout.Part part) {
    Property property = part.property();
    if (part.source().matches()) {
      references.find(property);
    }
    if (part.source().create()) {
      references.createByCode(property);
    }
    if (part.source().create() && part.source().byName()) {
      references.createByName(property, codes(references, references.unknownNames(property)));
    }
  }

  /** Derives a code from each name. No code is taken yet. */
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
