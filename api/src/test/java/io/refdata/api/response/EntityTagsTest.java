package io.refdata.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
  @Test
  void severalLinesAreOneList() {
    EntityTags tags = EntityTags.of(List.of("\"a\" ,W/\"b,c\"", " , \"0-d-gzip\""));
    assertThat(tags.wellFormed()).isTrue();
    assertThat(tags.tags())
        .extracting(EntityTags.Tag::opaque)
        .containsExactly("a", "b,c", "0-d-gzip");
  }

  @Test
  void aWeakTagHoldsWhereThatIsEnough() {
    EntityTags tags = EntityTags.of(List.of("W/\"a\""));
    assertThat(tags.containWeakly("a")).isTrue();
    assertThat(tags.containStrongly("a")).isFalse();
    assertThat(EntityTags.of(List.of("\"a\"")).containStrongly("a")).isTrue();
    assertThat(EntityTags.of(List.of(" * ")).containStrongly("a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a", "\"a", "\"a\" \"b\"", "w/\"a\"", "*, \"a\"", "\"a\"; b"})
  void whatIsNoListOfTagsIsTold(String text) {
    assertThat(EntityTags.of(List.of(text)).wellFormed()).isFalse();
  }
}
