package io.refdata.domain.item.fault;

import java.util.List;

/** An item was not deleted because others refer to it. */
public class ItemStillReferenced extends RuntimeException {
  private final transient List<String> referrers;

  /**
   * @param referrers the first few items that refer to it, each like {@code facilities/ABC}
   */
  public ItemStillReferenced(String item, List<String> referrers) {
    super(item + " is referred to by " + String.join(", ", referrers));
    this.referrers = List.copyOf(referrers);
  }

  public List<String> referrers() {
    return referrers;
  }
}
