package io.refdata.persistence.item.batch;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A batch was not written, because of these faults; holds all of them at once. */
public class BatchRefused extends RuntimeException {
  private final transient List<BatchFault> faults;

  /**
   * @param faults at least one
   */
  public BatchRefused(List<BatchFault> faults) {
    super(faults.size() + " faults, the first is " + faults.get(0));
    this.faults = faults.stream().sorted(Comparator.comparingInt(BatchRefused::index)).toList();
  }

  private static int index(BatchFault fault) {
    String[] parts = fault.fault().pointer().split("/", 3);
    return Integer.parseInt(parts[1]);
  }

  /** In the order of the operations. */
  public List<BatchFault> faults() {
    return faults;
  }

  /** The kind that all faults are of; empty if they are of several. */
  public Optional<BatchFault.Kind> kind() {
    BatchFault.Kind first = faults.get(0).kind();
    return faults.stream().allMatch(fault -> fault.kind() == first)
        ? Optional.of(first)
        : Optional.empty();
  }
}
