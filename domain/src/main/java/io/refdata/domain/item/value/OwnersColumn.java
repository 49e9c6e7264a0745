package io.refdata.domain.item.value;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores {@link Owners} as text. */
@Converter(autoApply = true)
public class OwnersColumn implements AttributeConverter<@Nullable Owners, @Nullable String> {
  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Owners value) {
    return value == null ? null : value.toString();
  }

  @Override
  public @Nullable Owners convertToEntityAttribute(@Nullable String value) {
    return value == null ? null : Owners.parse(value).orElseThrow();
  }
}
