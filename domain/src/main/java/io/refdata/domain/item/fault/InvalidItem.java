package io.refdata.domain.item.fault;

import java.util.List;

/** The given values do not make a valid item; holds all faults at once. */
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
