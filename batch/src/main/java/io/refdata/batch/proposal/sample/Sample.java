package io.refdata.batch.proposal.sample;

import io.refdata.batch.file.FileStart;
import io.refdata.domain.layout.LayoutProposals;
import io.refdata.domain.layout.LayoutProposals.Hints;
import io.refdata.domain.load.InvalidLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lines that are looked at, in a file of their own, and the form they are in. */
public final class Sample implements AutoCloseable {
  private final Path path;

  private Sample(Path path) {
    this.path = path;
  }

  /**
   * Finds out the form of a file, and keeps its first complete lines.
   *
   * @throws InvalidLoad if it is no text, or has no line
   */
  public static Sample of(byte[] file, Hints hints, Proposed proposed) throws IOException {
    byte[] bytes = FileStart.text(file, LayoutProposals.MOST_BYTES);
    Encodings.Decoded decoded = Encodings.decode(bytes, hints.charset(), proposed);
    String text = decoded.text();
    if (text.isBlank()) {
      throw new InvalidLoad("The file is empty.");
    }
    boolean cutOff = bytes.length == LayoutProposals.MOST_BYTES;
    int end = isJson(text) ? json(text, cutOff, proposed) : csv(text, cutOff, proposed);
    Path path = Files.createTempFile("proposal-", ".txt");
    Files.write(path, text.substring(0, end).getBytes(decoded.charset()));
    return new Sample(path);
  }

  private static boolean isJson(String text) {
    return text.stripLeading().startsWith("{\"") || text.stripLeading().startsWith("{ \"");
  }

  private static int json(String text, boolean cutOff, Proposed proposed) {
    proposed.layout().put("format", "ndjson");
    proposed.reason("/format", "the first line is a JSON object");
    int end = 0;
    int lines = 0;
    while (end < text.length() && lines < LayoutProposals.MOST_LINES) {
      int next = text.indexOf('\n', end);
      if (next < 0) {
        return cutOff ? end : text.length();
      }
      end = next + 1;
      lines++;
    }
    return end;
  }

  private static int csv(String text, boolean cutOff, Proposed proposed) {
    FormFinder.Cut cut =
        new FormFinder(text, cutOff, proposed).find(LayoutProposals.MOST_LINES + 1);
    List<Records.Row> rows = cut.rows();
    if (rows.isEmpty()) {
      throw new InvalidLoad(
          "No line of the file could be cut into fields: is a quote never closed?");
    }
    HeaderGuess.Answer answer =
        HeaderGuess.of(
            rows.get(0).fields(),
            rows.subList(1, rows.size()).stream().map(Records.Row::fields).toList());
    String first = "'" + String.join("', '", rows.get(0).fields()) + "'";
    if (answer == HeaderGuess.Answer.DATA) {
      proposed.layout().put("header", false);
      proposed.reason("/header", "the first line looks like the others: " + shortened(first));
    } else if (answer == HeaderGuess.Answer.UNCERTAIN) {
      proposed.doubt("/header", "is this the header, or the first line? " + shortened(first));
    }
    return cut.end();
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
