package io.refdata.batch.load.item;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.intake.Outcome;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.batch.load.item.ItemCell.Value;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.layout.LayoutProposal.Row;
import io.refdata.domain.layout.Source;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.Rejects.Reject;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a short file as a load does, and stores nothing. Rules that need staged rows
 * are checked in memory: duplicates, references between lines, and what a new item must have.
 */
public final class ItemPreview {
  private final ItemLayout layout;
  private final ItemType<?> type;
  private final Tally tally;
  private final Consumer<Row> accepted;
  private final Consumer<Reject> rejects;
  private final List<ReadItem> read = new ArrayList<>();

  private record ReadItem(long line, Map<Property, Value> values) {
    private @Nullable String text(Property property) {
      Value value = values.get(property);
      return value == null || value.value() == null ? null : value.value().toString();
    }
  }

  /**
   * @param accepted takes the items that a load would store
   * @param rejects takes the rejects
   */
  public ItemPreview(
      ItemLayout layout, Tally tally, Consumer<Row> accepted, Consumer<Reject> rejects) {
    this.layout = layout;
    this.type = layout.set().type();
    this.tally = tally;
    this.accepted = accepted;
    this.rejects = rejects;
  }

  /**
   * Reads a file.
   *
   * @throws io.refdata.domain.load.InvalidLoad if a load would fail as a whole
   */
  public void read(Jdbi jdbi, Validator validator, Path path) throws IOException {
    try (SourceFile file = new SourceFile(path, layout.definition(), layout.columns())) {
      ItemLines items =
          new ItemLines(
              jdbi,
              validator,
              layout,
              file,
              (line, values) -> read.add(new ReadItem(line, Map.copyOf(present(values)))),
              new Outcome(tally, rejects, null));
      LineReader lines = file.lines();
      Block block;
      while ((block = file.next()) != null) {
        lines.read(block, items::handle);
        file.recycle(block);
      }
    }
    List<ItemLayout.Part> within =
        layout.parts().stream()
            .filter(part -> ItemStagingTable.isWithin(type, part.property()))
            .toList();
    List<Property> absent =
        type.shown().stream()
            .filter(property -> property.required() && property != type.name())
            .filter(
                property -> layout.parts().stream().noneMatch(part -> part.property() == property))
            .toList();
    check(jdbi, within, absent);
  }

  private static Map<Property, Value> present(Map<Property, Value> values) {
    Map<Property, Value> present = new LinkedHashMap<>(values);
    present.values().removeIf(value -> value.value() == null && value.text() == null);
    return present;
  }

  private void check(Jdbi jdbi, List<ItemLayout.Part> within, List<Property> absent) {
    CodeIndex.Needs needs = new CodeIndex.Needs();
    within.forEach(part -> needs.add(part.source()));
    Optional<CodeIndex> stored =
        within.isEmpty() && absent.isEmpty()
            ? Optional.empty()
            : Optional.of(CodeIndex.of(jdbi, layout.set(), needs));
    Set<String> seen = new HashSet<>();
    for (ReadItem item : read) {
      String code = String.valueOf(item.text(type.code()));
      if (!seen.add(code)) {
        tally.duplicates(1, 0);
        reject(item, new RejectReason("DUPLICATE_IN_FILE", "an earlier line says it already"));
        continue;
      }
      Optional<RejectReason> reason =
          stored.flatMap(index -> fault(item, index, within, absent, code));
      if (reason.isPresent() && reason.get().isUnknown() && layout.definition().ignoreUnknown()) {
        tally.ignoreStaged(1);
      } else if (reason.isPresent()) {
        tally.rejectStaged(1);
        reject(item, reason.get());
      } else {
        accepted.accept(new Row(item.line, members(item)));
      }
    }
  }

  private Optional<RejectReason> fault(
      ReadItem item,
      CodeIndex stored,
      List<ItemLayout.Part> within,
      List<Property> absent,
      String code) {
    if (!absent.isEmpty()
        && new CodeResolver("code", Source.column("code"), stored, false).resolve(code).code()
            == null) {
      String name = absent.get(0).name();
      return Optional.of(
          new RejectReason(
              "MISSING_" + RejectReasons.subject(name),
              "the item is new, and the layout has no " + name));
    }
    for (ItemLayout.Part part : within) {
      Value value = item.values.get(part.property());
      if (value != null && value.text() != null && !part.source().create()) {
        Resolved resolved =
            new CodeResolver(part.property().name(), part.source(), stored, false)
                .resolve(value.text());
        if (resolved.reject() != null && !inFile(part, value)) {
          return Optional.of(resolved.reject());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether another line has the item that is referred to. */
  private boolean inFile(ItemLayout.Part part, Value value) {
    String match = part.source().match();
    Property by = match == null ? type.code() : type.shown(match).orElseThrow();
    Object wanted = value.value() == null ? value.text() : value.value();
    return read.stream().anyMatch(other -> String.valueOf(wanted).equals(other.text(by)));
  }

  private void reject(ReadItem item, RejectReason reason) {
    rejects.accept(
        new Reject(
            item.line,
            null,
            reason.code(),
            reason.reason(),
            String.valueOf(item.text(type.code()))));
  }

  private Map<String, Object> members(ReadItem item) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Property property : type.shown()) {
      Value value = item.values.get(property);
      if (value != null) {
        members.put(property.name(), shown(value));
      }
    }
    return members;
  }

  private static Object shown(Value value) {
    if (value.value() instanceof Number number) {
      return number;
    } else if (value.value() instanceof Identifiers identifiers) {
      return identifiers.values();
    }
    return String.valueOf(value.value() == null ? value.text() : value.value());
  }
}
