package io.refdata.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
  @Test
  void aNameIsReplacedWhereverItStands() {
    SqlText text =
        SqlText.of("select i.<parent_id> from <items> i join <items> p on p.id = i.<parent_id>")
            .with("items", "ref.region")
            .with("parent_id", "parent");
    assertThat(text.text())
        .isEqualTo("select i.parent from ref.region i join ref.region p on p.id = i.parent");
    assertThat(text).hasToString(text.text());
  }

  @Test
  void namesMayStandSideBySideAndInQuotationMarks() {
    assertThat(
            SqlText.of("'<p1>_<P_2>'<and>")
                .with("p1", 7)
                .with("P_2", SqlText.of("<other>").with("other", "x"))
                .with("and", "")
                .text())
        .isEqualTo("'7_x'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b and c > d",
        "a <b and c> d",
        "a <> b",
        "a <= b or b >= a",
        "point(a, b) <@ c and c @> d",
        "a <1> b",
        "a <_x> b",
        "format('%s is 100%% of %1$s \\1', a)",
        "a <"
      })
  void operatorsStayAsTheyAre(String sql) {
    assertThat(SqlText.of(sql).text()).isEqualTo(sql);
    assertThat(SqlText.of(sql + " <x> " + sql).with("x", "or").text())
        .isEqualTo(sql + " or " + sql);
  }

  @Test
  void aReplacementIsNotSearchedForNames() {
    assertThat(
            SqlText.of("where <first> and <second>")
                .with("first", "a = '<second>' and <third>")
                .with("second", "b <> '<first>' and c < $1 and d > '\\'")
                .text())
        .isEqualTo("where a = '<second>' and <third> and b <> '<first>' and c < $1 and d > '\\'");
    assertThat(SqlText.of("<<a>>").with("a", "b").text()).isEqualTo("<b>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"item", "items ", "ITEMS", "<items>", "", " a and b "})
  void anUnknownNameIsRefused(String name) {
    SqlText text = SqlText.of("select from <items> where x < a and b > y").with("items", "<item>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.with(name, "x"))
        .withMessageContaining("<" + name + ">");
  }

  @Test
  void aSecondReplacementIsRefused() {
    SqlText text = SqlText.of("select from <items>").with("items", "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.with("items", "a"))
        .withMessageContaining("<items>");
  }

  @Test
  void aMissingReplacementIsRefused() {
    SqlText text = SqlText.of("select <column> from <items>").with("column", "<items>");
    assertThatIllegalStateException().isThrownBy(text::text).withMessageContaining("<items>");
    assertThatIllegalStateException().isThrownBy(text::toString).withMessageContaining("<items>");
  }

  @Test
  void aTextStaysWhatItIs() {
    SqlText text = SqlText.of("select from <items>");
    assertThat(text.with("items", "a").text()).isEqualTo("select from a");
    assertThat(text.with("items", "b").text()).isEqualTo("select from b");
  }
}
