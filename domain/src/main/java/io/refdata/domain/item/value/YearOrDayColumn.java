package io.refdata.domain.item.value;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores a {@link YearOrDay} as text. */
@Converter(autoApply = true)
public class YearOrDayColumn implements AttributeConverter<@Nullable YearOrDay, @Nullable String> {
  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable YearOrDay value) {
    return value == null ? null : value.text();
  }

  @Override
  public @Nullable YearOrDay convertToEntityAttribute(@Nullable String value) {
    return value == null ? null : new YearOrDay(value);
  }
}
