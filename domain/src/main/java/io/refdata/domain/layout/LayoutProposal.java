package io.refdata.domain.layout;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A proposed layout, and what a load would make of the lines that were looked at.
 *
 * @param layout the definition, in JSON
 * @param reasons why members are as they are
 * @param doubts what a person should look at: what is missing, and what could be otherwise
 */
public record LayoutProposal(
    String layout, List<Note> reasons, List<Note> doubts, Preview preview) {
  public LayoutProposal {
    reasons = List.copyOf(reasons);
    doubts = List.copyOf(doubts);
  }

  /**
   * A sentence about a member of the layout.
   *
   * @param pointer the JSON pointer of the member, which may be one that the layout lacks
   */
  public record Note(String pointer, String text) {}

  /**
   * The result that a load of the lines would have.
   *
   * @param lines the lines that were read, without the header
   * @param accepted the first rows as they would be stored
   * @param rejects the first rejects
   */
  public record Preview(long lines, Rows rows, List<Row> accepted, List<Rejected> rejects) {
    public Preview {
      accepted = List.copyOf(accepted);
      rejects = List.copyOf(rejects);
    }
  }

  /** The numbers of rows. */
  public record Rows(long read, long rejected, long ignored, long rounded) {}

  /**
   * A row that would be stored.
   *
   * @param line the number of its line in the file
   * @param members its members by name: of an observation its key, time, value and status; of an
   *     item its properties, texts or numbers
   */
  public record Row(long line, Map<String, Object> members) {}

  /**
   * A rejected line or cell.
   *
   * @param column the header of the cell; null if the whole line is rejected
   */
  public record Rejected(
      long line, @Nullable String column, String code, String reason, String raw) {}
}
