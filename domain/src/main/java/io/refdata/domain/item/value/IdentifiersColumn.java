package io.refdata.domain.item.value;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores {@link Identifiers} as text. */
@Converter(autoApply = true)
public class IdentifiersColumn
    implements AttributeConverter<@Nullable Identifiers, @Nullable String> {
  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Identifiers value) {
    return value == null ? null : value.toString();
  }

  @Override
  public @Nullable Identifiers convertToEntityAttribute(@Nullable String value) {
    return value == null ? null : Identifiers.parse(value).orElseThrow();
  }
}
