package io.refdata.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTextTest {
  @Test
  void aKeyHas43CharactersThatNobodyCanGuess() {
    KeyText text = KeyText.random();
    assertThat(text.reveal()).matches("rdk_[A-Za-z0-9_-]{43}");
    assertThat(KeyText.isWhole(text.reveal())).isTrue();
    assertThat(KeyText.random().reveal()).isNotEqualTo(text.reveal());
    assertThat(text.prefix()).isEqualTo(text.reveal().substring(4, 12));
  }

  @Test
  void itIsNotShownByAccident() {
    KeyText text = KeyText.random();
    assertThat(text.toString()).isEqualTo("rdk_" + text.prefix() + "…");
    assertThat(text.hash().toString()).isEqualTo("a hash of a key");
  }

  @Test
  void hashesOfTheSameTextAreEqual() {
    KeyText text = KeyText.random();
    assertThat(KeyHash.of(text.reveal())).isEqualTo(text.hash()).hasSameHashCodeAs(text.hash());
    assertThat(KeyHash.of(text.reveal() + "x")).isNotEqualTo(text.hash());
  }
}
