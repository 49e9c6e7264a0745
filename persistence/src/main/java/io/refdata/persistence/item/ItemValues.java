package io.refdata.persistence.item;

import io.refdata.domain.item.Property;
import io.refdata.domain.item.fault.Fault;
import java.util.List;
import java.util.Map;

/**
 * What an item is to be.
 *
 * @param values its properties but the code; one that is absent, the item will not have. References
 *     are the codes of what they refer to.
 * @param faults what is wrong with it already: values that are not of their property's kind
 */
public record ItemValues(Map<Property, Object> values, List<Fault> faults) {}
