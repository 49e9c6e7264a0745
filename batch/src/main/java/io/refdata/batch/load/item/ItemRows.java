package io.refdata.batch.load.item;

import io.refdata.batch.load.item.ItemCell.Value;
import io.refdata.domain.item.Property;
import java.util.Map;

/** Takes the items of lines that have no fault. */
interface ItemRows {
  /**
   * @param line the number of the line
   */
  void add(long line, Map<Property, Value> values);
}
