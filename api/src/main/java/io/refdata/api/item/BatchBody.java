package io.refdata.api.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.ItemValues;
import io.refdata.persistence.item.batch.BatchFault;
import io.refdata.persistence.item.batch.Operation;
import io.refdata.persistence.json.StrictJson;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of a batch: a JSON array or lines of JSON. Each operation is an object with
 * {@code op}, {@code code}, {@code ifMatch} and {@code item}. It collects the faults of all
 * operations.
 */
final class BatchBody {
  private static final int MAX_ITEMS = (int) Setting.ITEM_BATCH.number();
  private static final Set<String> MEMBERS = Set.of("op", "code", "ifMatch", "item");

  private final ItemSet set;
  private final Function<ItemValues, List<Fault>> violations;
  private final List<Operation> operations = new ArrayList<>();
  private final List<BatchFault> faults = new ArrayList<>();
  private final Set<Code> codes = new HashSet<>();
  private int count;
  private int found;

  private BatchBody(ItemSet set, Function<ItemValues, List<Fault>> violations) {
    this.set = set;
    this.violations = violations;
  }

  /**
   * Reads a body operation by operation, and stops at the first above the limit.
   *
   * @param lines true if the body may be a sequence of values (NDJSON); else it must be an array
   * @param violations finds the rules that values violate, for an item whose operation has a fault
   * @throws io.refdata.persistence.json.MalformedJson if the body is not JSON
   * @throws Problem if there are too many operations, or none
   */
  static BatchBody read(
      ItemSet set, InputStream body, boolean lines, Function<ItemValues, List<Fault>> violations)
      throws IOException {
    BatchBody batch = new BatchBody(set, violations);
    try (StrictJson json = StrictJson.elements(body)) {
      if (!lines && !json.isArray()) {
        throw new Problem(
            ProblemType.MALFORMED,
            "The body must be a JSON array; values one after the other are application/x-ndjson.");
      }
      for (JsonNode one = json.next(); one != null; one = json.next()) {
        if (batch.count == MAX_ITEMS) {
          throw new Problem(
              ProblemType.TOO_LARGE,
              "A batch takes at most %,d items; load more as a file.".formatted(MAX_ITEMS));
        }
        batch.add(one);
        batch.count++;
      }
    }
    if (batch.count == 0) {
      throw new Problem(ProblemType.MALFORMED, "The batch has no items.");
    }
    return batch;
  }

  /** The operations without a fault. */
  List<Operation> operations() {
    return operations;
  }

  /** The faults of the other operations. */
  List<BatchFault> faults() {
    return faults;
  }

  private void add(JsonNode one) {
    if (!one.isObject()) {
      fault("", "must be an object with op, code, ifMatch and item");
      return;
    }
    int before = found;
    one.fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                fault(
                    ItemBody.pointer(name),
                    "is no member here; there may be code, ifMatch, item, op");
              }
            });
    Optional<Operation.Kind> kind = kind(one.path("op"));
    Optional<Code> code = code(one.path("code"));
    Optional<Precondition> precondition = precondition(one.path("ifMatch"));
    kind.ifPresent(known -> checkItem(known, one.path("item")));
    if (found > before && kind.equals(Optional.of(Operation.Kind.PUT))) {
      checkMembers(code.orElse(null), one.path("item"));
    } else if (found == before) {
      Operation.Kind known = kind.orElseThrow();
      operations.add(
          new Operation(
              count,
              known,
              code.orElseThrow(),
              precondition.orElseThrow(),
              draft(known, code.orElseThrow(), one.path("item"))));
    }
  }

  private Optional<Operation.Kind> kind(JsonNode op) {
    Optional<Operation.Kind> kind =
        Arrays.stream(Operation.Kind.values())
            .filter(
                each ->
                    op.isTextual() && each.name().toLowerCase(Locale.ROOT).equals(op.textValue()))
            .findFirst();
    if (kind.isEmpty()) {
      fault("/op", "must be put, patch or delete");
    }
    return kind;
  }

  private Optional<Code> code(JsonNode value) {
    Optional<Code> code = value.isTextual() ? Code.parse(value.textValue()) : Optional.empty();
    if (code.isEmpty()) {
      fault("/code", "must be " + set.type().code().expectation());
    } else if (!codes.add(code.get())) {
      fault("/code", code.get() + " stands in the batch before: each item can be there once");
    }
    return code;
  }

  private Optional<Precondition> precondition(JsonNode ifMatch) {
    if (ifMatch.isMissingNode() || ifMatch.isNull()) {
      return Optional.of(Precondition.NONE);
    }
    Optional<Precondition> precondition =
        ifMatch.isTextual() || ifMatch.isIntegralNumber()
            ? WriteConditions.of(ifMatch.asText())
            : Optional.empty();
    if (precondition.isEmpty()) {
      fault("/ifMatch", "must be a version, an entity tag, or *");
    }
    return precondition;
  }

  private void checkItem(Operation.Kind kind, JsonNode item) {
    if (kind == Operation.Kind.DELETE) {
      if (!item.isMissingNode() && !item.isNull()) {
        fault("/item", "must not be there if an item is deleted");
      }
    } else if (!item.isObject()) {
      fault("/item", "must be an object with the properties of the item");
    } else if (kind == Operation.Kind.PATCH && item.path("code").isNull()) {
      fault("/item/code", "cannot be removed");
    }
  }

  /** Names the faults of an item itself, since it is not looked at again. */
  private void checkMembers(@Nullable Code code, JsonNode item) {
    ItemValues values = ItemBody.parse(set.type(), code, item);
    Stream.concat(values.faults().stream(), violations.apply(values).stream())
        .forEach(fault -> fault("/item" + fault.pointer(), fault.detail()));
  }

  private Operation.@Nullable Draft draft(Operation.Kind kind, Code code, JsonNode item) {
    return switch (kind) {
      case PUT -> current -> ItemBody.parse(set.type(), code, item);
      case PATCH ->
          current ->
              current == null
                  ? ItemBody.parse(set.type(), code, JsonNodeFactory.instance.objectNode())
                  : ItemBody.patched(set.type(), code, current, item);
      case DELETE -> null;
    };
  }

  private void fault(String member, String detail) {
    found++;
    if (faults.size() < BatchFault.MOST) {
      faults.add(BatchFault.of(BatchFault.Kind.INVALID, "/" + count + member, detail));
    }
  }
}
