package io.refdata.domain.item.fault;

import java.util.List;

/** What was handed in cannot be an item; all faults at once. */
public class InvalidItem extends RuntimeException {
  private final transient List<Fault> faults;

  public InvalidItem(List<Fault> faults) {
    super(faults.toString());
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
