package io.refdata.domain.item.value;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores a {@link Code} as text. */
@Converter(autoApply = true)
public class CodeColumn implements AttributeConverter<@Nullable Code, @Nullable String> {
  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Code code) {
    return code == null ? null : code.value();
  }

  @Override
  public @Nullable Code convertToEntityAttribute(@Nullable String value) {
    return value == null ? null : new Code(value);
  }
}
