package io.refdata.batch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.layout.FileForm;
import io.refdata.domain.load.InvalidLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineEndsTest {
  private static final String ALPHABET = "a,\"\r\n";

  @Test
  void eachKindOfLineEndIsOne() {
    assertThat(ends("a\nb\r\nc\rd", LineEnds.ofCsv(FileForm.PLAIN), 99))
        .containsExactly("2 2", "5 3", "7 4");
  }

  @Test
  void aLineEndBetweenQuotesBelongsToTheLine() {
    assertThat(ends("\"a\n\"\"\r\",b\nc", LineEnds.ofCsv(FileForm.PLAIN), 99))
        .containsExactly("10 4");
    assertThat(ends("a,\"\n\",b\n", LineEnds.ofCsv(FileForm.PLAIN), 99)).containsExactly("8 3");
  }

  @Test
  void aQuoteWithinAFieldIsACharacter() {
    assertThat(ends("5\" pipe\nb", LineEnds.ofCsv(FileForm.PLAIN), 99)).containsExactly("8 2");
    assertThat(ends("a;\"\n\"", LineEnds.ofCsv(FileForm.PLAIN), 99)).containsExactly("4 2");
  }

  @Test
  void withoutQuotesEachLineEndCounts() {
    assertThat(ends("{\"a\": \"\n\"}\n", LineEnds.plain(), 99)).containsExactly("8 2", "11 3");
  }

  @Test
  void itDoesNotMatterWhereTheTextIsCut() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(12);
      for (int j = 0; j < length; j++) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      List<String> whole = ends(text.toString(), LineEnds.ofCsv(FileForm.PLAIN), 99);
      for (int part = 1; part <= 3; part++) {
        assertThat(ends(text.toString(), LineEnds.ofCsv(FileForm.PLAIN), part))
            .as("%s", text)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void aRecordWhoseQuoteClosesElsewhereIsNamedByItsFirstLine() {
    String text = "a,b\nc,\"d\ne,f\ng,\"h\n\"i\nj\"\n\"k\" l\n";
    for (int part = 1; part <= text.length(); part++) {
      LineEnds lines = LineEnds.ofCsv(FileForm.PLAIN);
      ends(text, lines, part);
      assertThat(lines.takeUnbalanced(2)).isEmpty();
      assertThat(lines.takeUnbalanced(5)).containsExactly(2L);
      assertThat(lines.takeUnbalanced(99)).isEmpty();
    }
  }

  @Test
  void aQuoteThatIsNeverClosedIsNamedByItsLine() {
    LineEnds lines = LineEnds.ofCsv(FileForm.PLAIN);
    ends("a\nb,\"c\nd\n", lines, 99);
    assertThatThrownBy(lines::end)
        .isInstanceOf(InvalidLoad.class)
        .hasMessage("A quote that opens in line 2 is never closed.");
  }

  @Test
  void aZeroByteIsNamedByItsLine() {
    assertThatThrownBy(() -> ends("a\nb\0", LineEnds.plain(), 99))
        .isInstanceOf(InvalidLoad.class)
        .hasMessageStartingWith("Line 2 holds a zero byte");
  }

  /**
   * The line ends, each with the number of the next line.
   *
   * @param part the number of characters that arrive at a time
   */
  private static List<String> ends(String text, LineEnds lines, int part) {
    List<String> ends = new ArrayList<>();
    char[] chars = text.toCharArray();
    int next = 0;
    int limit = 0;
    do {
      limit = Math.min(chars.length, limit + part);
      next =
          lines.scan(
              chars,
              next,
              limit,
              limit == chars.length,
              (after, line) -> ends.add(after + " " + line));
    } while (limit < chars.length);
    return ends;
  }
}
