package io.refdata.batch.proposal.sample;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether the first line of a file is a header. */
final class HeaderGuess {
  private static final Pattern YEAR = Pattern.compile("(1[89]|20|21)\\d\\d");
  private static final Pattern DAY_OR_TIME = Pattern.compile("\\d++([-./:T ]\\d++)++.*+");
  private static final double MOSTLY = 0.8;

  private HeaderGuess() {}

  /** The kind of the first line. */
  enum Answer {
    HEADER,
    DATA,
    /** There are only texts, and nothing tells the first from the others. */
    UNCERTAIN
  }

  /**
   * @param first the fields of the first line
   * @param rest those of the others
   */
  static Answer of(List<String> first, List<List<String>> rest) {
    int header = 0;
    int data = 0;
    int repeated = 0;
    boolean years = years(first);
    for (int i = 0; i < first.size(); i++) {
      String name = first.get(i).strip();
      Set<String> below = below(i, rest);
      long figures = below.stream().filter(HeaderGuess::isFigure).count();
      boolean column = !below.isEmpty() && figures >= MOSTLY * below.size();
      if (column && !name.isEmpty() && !isFigure(name)) {
        header++;
      } else if (column && isFigure(name) && !(years && YEAR.matcher(name).matches())) {
        data++;
      } else if (!column && !name.isEmpty() && below.contains(name)) {
        repeated++;
      }
    }
    if (header > data) {
      return Answer.HEADER;
    } else if (data > 0 || repeated > 0 && !years) {
      return Answer.DATA;
    }
    return years || header > 0 ? Answer.HEADER : Answer.UNCERTAIN;
  }

  /** Several years that differ are headers of a wide file. */
  private static boolean years(List<String> first) {
    List<String> years = first.stream().filter(name -> YEAR.matcher(name).matches()).toList();
    return years.size() > 1 && new HashSet<>(years).size() == years.size();
  }

  private static Set<String> below(int column, List<List<String>> rest) {
    Set<String> texts = new HashSet<>();
    for (List<String> row : rest) {
      if (column < row.size() && !row.get(column).isBlank()) {
        texts.add(row.get(column).strip());
      }
    }
    return texts;
  }

  private static boolean isFigure(String text) {
    return NumberTexts.isNumber(text) || DAY_OR_TIME.matcher(text).matches();
  }
}
