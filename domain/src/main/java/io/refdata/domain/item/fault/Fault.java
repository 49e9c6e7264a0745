package io.refdata.domain.item.fault;

/**
 * One thing that is wrong with what was handed in.
 *
 * @param pointer where, as a JSON pointer into the body: {@code /capacityMw}
 * @param detail what is wrong, in words for whoever sent it
 */
public record Fault(String pointer, String detail) {}
