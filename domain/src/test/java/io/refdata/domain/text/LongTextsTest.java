package io.refdata.domain.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.item.value.Owners;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parses texts of half a million characters. Code that takes quadratic time would not end within an
 * hour, so a limit of one minute finds it on any machine.
 */
class LongTextsTest {
  private static final int LONG = 500_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "1.", "1.0", "\u000b", "e", "-", "A:1;", "A:0.0", "_", "é"})
  void longTextsAreParsedInLinearTime(String part) {
    String text = part.repeat(LONG) + "x";
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          Catalogue.all().stream()
              .flatMap(type -> type.shown().stream())
              .filter(property -> property.kind() != PropertyKind.TEXT)
              .forEach(property -> assertThat(property.parse(text)).as(property.name()).isEmpty());
          assertThat(Frequency.startOf(text)).isEmpty();
          assertThat(Owners.parse("A:" + text)).isEmpty();
          assertThat(Owners.parse("A:0." + "1".repeat(LONG))).isEmpty();
          assertThat(Identifiers.parse(text)).isEmpty();
          assertThat(WholeNumber.plain(text)).isEqualTo(text);
        });
  }
}
