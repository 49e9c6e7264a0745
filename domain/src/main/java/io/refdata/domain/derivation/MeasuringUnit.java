package io.refdata.domain.derivation;

import org.jspecify.annotations.Nullable;

/**
 * A unit that values are measured in.
 *
 * @param code its code
 * @param ucum its expression in UCUM; null if it has none
 */
public record MeasuringUnit(String code, @Nullable String ucum) {}
