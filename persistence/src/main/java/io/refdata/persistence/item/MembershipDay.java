package io.refdata.persistence.item;

import java.time.LocalDate;

/**
 * The day on which a membership has to be in force to count.
 *
 * @param assumed true if nobody named the day, so that it is another one tomorrow
 */
public record MembershipDay(LocalDate day, boolean assumed) {}
