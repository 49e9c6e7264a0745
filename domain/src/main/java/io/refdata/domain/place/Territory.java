package io.refdata.domain.place;

import org.jspecify.annotations.Nullable;

/**
 * A part of the land that the source of the borders draws as one: a country, a territory that
 * depends on one, or land whose state is disputed, as the source sees it.
 *
 * @param number the number of ISO 3166-1, three digits, which is also the M49 number; null if the
 *     source knows none, as for disputed land
 * @param name in English, as the source abbreviates it
 */
public record Territory(@Nullable String number, String name) {}
