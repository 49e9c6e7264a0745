package io.refdata.persistence.history;

import org.jspecify.annotations.Nullable;

/**
 * One property that a revision changed.
 *
 * @param from the value before; null if the item had none or did not exist
 * @param to the value since then; null if the item has none or is deleted. Values are texts,
 *     numbers, days and codes; a reference is the code of its item; a value of several parts is a
 *     list, a map or a JSON node.
 */
public record PropertyChange(String property, @Nullable Object from, @Nullable Object to) {}
