package io.refdata.persistence.item;

import io.refdata.domain.item.Property;
import io.refdata.domain.item.fault.Fault;
import java.util.List;
import java.util.Map;

/**
 * The values that an item will have after a write.
 *
 * @param values its properties but the code; the item will not have a property that is absent here.
 *     A reference is the code of the item referred to.
 * @param faults the faults that were found so far: values that are not of their property's kind
 */
public record ItemValues(Map<Property, Object> values, List<Fault> faults) {}
