package io.refdata.batch.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.layout.FileForm;
import io.refdata.domain.load.InvalidLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text file gives each of its characters once, wherever a block ends. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class TextFileTest {
  private static final String EMOJI = "\uD83D\uDE00";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {-3, -2, -1, 0, 1})
  void aCharacterOfTwoHalvesIsNotCut(int after) throws IOException {
    String lines = lines(TextFile.BLOCK + after - 1) + EMOJI + "z\nlast\n";
    assertThat(String.join("", blocks(lines.getBytes(UTF_8), "UTF-8"))).isEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, -2, -1, 0, 1})
  void aLongLineMayHaveACharacterOfTwoHalvesWhereItIsCut(int after) throws IOException {
    String line = "x".repeat(TextFile.BLOCK + after) + EMOJI + "x".repeat(9) + "\n";
    assertThat(briefs(line + "next\n")).containsExactly("1 cut", "2 next\n");
    assertThat(briefs(line + line + "next\n")).containsExactly("1 cut", "2 cut", "3 next\n");
  }

  @Test
  void aLongLineMayEndWhereItIsCut() throws IOException {
    String most = "x".repeat(TextFile.BLOCK - 1);
    assertThat(briefs(most + "\nnext\n")).containsExactly("1 " + most + "\n", "2 next\n");
    assertThat(briefs(most + "\r\nnext\n")).containsExactly("1 cut", "2 next\n");
    assertThat(briefs("\"" + most.substring(1) + "\"\nnext\n"))
        .containsExactly("1 cut", "2 next\n");
  }

  @Test
  void aLongLineTellsWhetherItGoesOnOverLineEnds() throws IOException {
    String half = "x".repeat(TextFile.BLOCK / 2);
    assertThat(briefs("\"" + half + "\n" + half + "\",1\nnext\n"))
        .containsExactly("1 cut several", "3 next\n");
    assertThat(briefs(half + half + ",\"\n\",1\nnext\n"))
        .containsExactly("1 cut several", "3 next\n");
    assertThat(briefs(half + half + ",\"\n\",1")).containsExactly("1 cut several");
    assertThat(briefs(half + half + ",1")).containsExactly("1 cut");
  }

  @Test
  void aFileThatEndsWithinACharacterIsRefused() {
    refuses("a\nb\n\u00e9".getBytes(ISO_8859_1), "UTF-8", "Line 3 is not in UTF-8", "0xE9");
    byte[] cut = "a\n\u00e9".getBytes(UTF_8);
    refuses(Arrays.copyOf(cut, cut.length - 1), "UTF-8", "Line 2 is not in UTF-8", "0xC3");
    byte[] odd = Arrays.copyOf("a\nb".getBytes(UTF_16LE), 5);
    refuses(odd, "UTF-16LE", "Line 2 is not in UTF-16LE", "0x62");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 0, 1, 2})
  void aFileThatEndsWithinACharacterIsRefusedWhereverABlockEnds(int after) {
    byte[] bytes = (lines(TextFile.BLOCK + after) + "\u00c9").getBytes(UTF_8);
    refuses(Arrays.copyOf(bytes, bytes.length - 1), "UTF-8", "is not in UTF-8", "0xC3");
    byte[] line = ("x".repeat(TextFile.BLOCK + after) + EMOJI).getBytes(UTF_8);
    refuses(Arrays.copyOf(line, line.length - 1), "UTF-8", "Line 1 is not in UTF-8", "0xF0");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 0})
  void theLastLineNeedsNoLineEnd(int after) throws IOException {
    String line = "x".repeat(TextFile.BLOCK + after);
    assertThat(briefs(line)).containsExactly("1 " + line);
    assertThat(briefs("\uFEFF" + line)).containsExactly("1 " + line);
  }

  /** Lines of ten characters, the first of which may be shorter. */
  private static String lines(int length) {
    String rest = "123456789\n".repeat(length / 10);
    return length % 10 == 0 ? rest : "x".repeat(length % 10 - 1) + "\n" + rest;
  }

  private void refuses(byte[] bytes, String encoding, String... said) {
    assertThatThrownBy(() -> blocks(bytes, encoding))
        .isInstanceOf(InvalidLoad.class)
        .hasMessageContainingAll(said);
  }

  /** The blocks of a file, one for each line: its number, and its text unless it is cut. */
  private List<String> briefs(String text) throws IOException {
    List<String> briefs = new ArrayList<>();
    try (TextFile file = open(text.getBytes(UTF_8), "UTF-8")) {
      Block block;
      while ((block = file.next()) != null) {
        String what = block.several() ? "cut several" : block.cut() ? "cut" : text(block);
        briefs.add(block.firstLine() + " " + what);
        file.recycle(block);
      }
    }
    return briefs;
  }

  private List<String> blocks(byte[] bytes, String encoding) throws IOException {
    List<String> texts = new ArrayList<>();
    try (TextFile file = open(bytes, encoding)) {
      Block block;
      while ((block = file.next()) != null) {
        assertThat(block.cut()).isFalse();
        texts.add(text(block));
        file.recycle(block);
      }
    }
    return texts;
  }

  private static String text(Block block) {
    return new String(block.chars(), 0, block.length());
  }

  private TextFile open(byte[] bytes, String encoding) throws IOException {
    Path file = Files.write(directory.resolve("file.csv"), bytes);
    return TextFile.csv(
        file, new FileForm(null, encoding, null, null, null, 0, true, null, null, false, true));
  }
}
