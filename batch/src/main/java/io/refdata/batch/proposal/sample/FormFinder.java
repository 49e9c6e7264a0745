package io.refdata.batch.proposal.sample;

import io.refdata.batch.proposal.sample.Records.Guess;
import io.refdata.batch.proposal.sample.Records.Row;
import io.refdata.domain.layout.FileForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Finds the delimiter, the quote, the comments and the header of a text. */
final class FormFinder {
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
  private static final String COMMENT_SIGNS = "#%";

  /** The records that guesses are compared by. */
  private static final int COMPARED = 200;

  /** A guess must be that much better to be taken in place of a more usual one. */
  private static final double CLEARLY = 0.1;

  private static final Pattern SINGLE_QUOTED =
      Pattern.compile("(^|[,;\t|])'[^'\n]*+'(?=[,;\t|\r\n])");
  private static final Pattern ESCAPED = Pattern.compile("\\\\\"[^,;\t|\r\n]");

  private final String text;
  private final boolean cutOff;
  private final Proposed proposed;

  /**
   * The fit of a guess.
   *
   * @param fields how many most records have
   * @param share the part of the records that have them
   */
  private record Fit(Guess guess, Records records, int fields, double share) {
    private double score() {
      return fields < 2 ? 0 : share * (1 + Math.log(fields));
    }
  }

  /**
   * A text that is cut.
   *
   * @param rows those with as many fields as the header, the header among them, if there is one
   * @param end the index after the last record that is looked at
   */
  record Cut(List<Row> rows, int end) {}

  FormFinder(String text, boolean cutOff, Proposed proposed) {
    this.text = text;
    this.cutOff = cutOff;
    this.proposed = proposed;
  }

  /** Finds the form, and cuts the text. */
  Cut find(int mostRows) {
    char comment = comment();
    Fit best = bestOf(comment);
    if (comment != FileForm.NONE && !isComment(best, comment)) {
      comment = FileForm.NONE;
      best = bestOf(comment);
    }
    sayForm(best, comment);
    Records records = Records.of(text, best.guess(), cutOff, mostRows);
    List<Row> rows = records.rows();
    int header = skip(best, rows);
    return new Cut(rows.subList(header, rows.size()), records.end());
  }

  private Fit bestOf(char comment) {
    char escape = ESCAPED.matcher(text).find() ? '\\' : FileForm.NONE;
    Fit best = fit(new Guess(",", '"', escape, comment));
    for (char quote : new char[] {'"', FileForm.NONE, '\''}) {
      if (quote == '\'' && !SINGLE_QUOTED.matcher(text).find()) {
        continue;
      }
      for (String delimiter : DELIMITERS) {
        char escapeHere = quote == '"' ? escape : FileForm.NONE;
        Fit fit = fit(new Guess(delimiter, quote, escapeHere, comment));
        double edge = quote == best.guess().quote() ? 1e-9 : CLEARLY;
        boolean broken = best.records().unclosed() && !cutOff && !fit.records().unclosed();
        boolean singles = quote == '\'' && singleQuotes(fit);
        if (singles || broken || fit.score() > best.score() + edge) {
          best = fit;
        }
      }
    }
    if (best.score() == 0 || best.share() < 0.5) {
      Fit spaces = fit(new Guess(FileForm.SPACES, FileForm.NONE, FileForm.NONE, comment));
      best = spaces.score() > best.score() + CLEARLY ? spaces : best;
    }
    return best;
  }

  /** Whether most lines have a field between single quotes. */
  private static boolean singleQuotes(Fit fit) {
    return fit.fields() >= 2
        && fit.share() > 0.8
        && fit.records().rows().stream()
                .filter(row -> row.fields().stream().noneMatch(field -> field.startsWith("'")))
                .count()
            == fit.records().rows().size();
  }

  private Fit fit(Guess guess) {
    Records records = Records.of(text, guess, cutOff, COMPARED);
    Map<Integer, Integer> counts = new HashMap<>();
    records.rows().forEach(row -> counts.merge(row.fields().size(), 1, Integer::sum));
    Map.Entry<Integer, Integer> most =
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .orElseGet(() -> Map.entry(0, 0));
    return new Fit(
        guess,
        records,
        most.getKey(),
        records.rows().isEmpty() ? 0 : (double) most.getValue() / records.rows().size());
  }

  /** The sign that some lines begin with, as comments do. */
  private char comment() {
    List<String> lines = text.lines().limit(COMPARED).filter(line -> !line.isBlank()).toList();
    for (char sign : COMMENT_SIGNS.toCharArray()) {
      long beginning = lines.stream().filter(line -> line.charAt(0) == sign).count();
      if (beginning > 0 && beginning < lines.size()) {
        return sign;
      }
    }
    return FileForm.NONE;
  }

  /** A header may begin with the sign too: then it has as many fields as the other lines. */
  private boolean isComment(Fit fit, char sign) {
    return text.lines()
        .limit(COMPARED)
        .filter(line -> !line.isEmpty() && line.charAt(0) == sign)
        .map(line -> Records.of(line, withoutComment(fit.guess()), false, 1).rows())
        .noneMatch(
            rows ->
                !rows.isEmpty() && fit.fields() > 1 && rows.get(0).fields().size() == fit.fields());
  }

  private static Guess withoutComment(Guess guess) {
    return new Guess(guess.delimiter(), guess.quote(), guess.escape(), FileForm.NONE);
  }

  private void sayForm(Fit best, char comment) {
    Guess guess = best.guess();
    if (best.fields() < 2) {
      proposed.doubt("/delimiter", "no delimiter was found: the file is read as one column");
    } else {
      if (!guess.delimiter().equals(",")) {
        proposed.layout().put("delimiter", guess.delimiter());
      }
      proposed.reason(
          "/delimiter",
          "%d of %d lines have %d fields with '%s'"
              .formatted(
                  Math.round(best.share() * best.records().rows().size()),
                  best.records().rows().size(),
                  best.fields(),
                  guess.delimiter()));
    }
    if (guess.quote() == FileForm.NONE && !guess.spaces()) {
      proposed.layout().putNull("quote");
      proposed.reason("/quote", "quotes in the file do not stand in pairs around fields");
    } else if (guess.quote() == '\'') {
      proposed.layout().put("quote", "'");
      proposed.reason("/quote", "fields stand between single quotes");
    }
    if (guess.escape() != FileForm.NONE) {
      proposed.layout().put("escape", String.valueOf(guess.escape()));
      proposed.reason("/escape", "quotes inside fields follow a backslash");
    }
    if (comment != FileForm.NONE) {
      proposed.layout().put("comment", String.valueOf(comment));
      proposed.reason("/comment", "lines beginning with '" + comment + "' have other fields");
    }
  }

  /** Leaves out the lines above the header, and returns the index of the header's row. */
  private int skip(Fit best, List<Row> rows) {
    int index = 0;
    while (best.fields() > 1 && index < rows.size() && !mayBeHeader(best, rows.get(index))) {
      index++;
    }
    if (index == rows.size() || index == 0) {
      return 0;
    }
    int skipped = Objects.requireNonNull(rows.get(index)).line() - 1;
    if (skipped > FileForm.MOST_SKIPPED) {
      return 0;
    }
    proposed.layout().put("skip", skipped);
    proposed.reason(
        "/skip",
        "line %d is the first with %d fields"
            .formatted(skipped + 1, rows.get(index).fields().size()));
    return index;
  }

  /** A header may lack the delimiter that ends all other lines. */
  private static boolean mayBeHeader(Fit best, Row row) {
    int fields = row.fields().size();
    return fields == best.fields() || fields == best.fields() - 1 && fields > 1;
  }
}
