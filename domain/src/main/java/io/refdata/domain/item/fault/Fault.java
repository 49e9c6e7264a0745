package io.refdata.domain.item.fault;

/**
 * One thing that is wrong with a request's body.
 *
 * @param pointer its place, as a JSON pointer into the body: {@code /capacityMw}
 * @param detail a description for the sender
 */
public record Fault(String pointer, String detail) {}
