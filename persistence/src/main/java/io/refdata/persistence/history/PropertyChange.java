package io.refdata.persistence.history;

import org.jspecify.annotations.Nullable;

/**
 * One property that a revision changed.
 *
 * @param from what it was before; null if the item had none, or was not there
 * @param to what it has been since; null if the item has none, or is no more. Values are texts,
 *     numbers, days and codes, of a reference the code; a value of several parts is a list, a map
 *     or a JSON node.
 */
public record PropertyChange(String property, @Nullable Object from, @Nullable Object to) {}
