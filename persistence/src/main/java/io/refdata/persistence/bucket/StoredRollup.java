package io.refdata.persistence.bucket;

import io.refdata.domain.aggregation.Composition.Link;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.RolledRegions;
import io.refdata.domain.rollup.Rollup;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row of a rollup. */
public final class StoredRollup {
  /** The columns that {@link #read} takes, first in a row; of {@code r} and its dataset. */
  public static final String SELECT =
      """
      select r.id, r.name, r.version, d.frequency, r.frequency, r.aggregation, r.since,
             r.dimension, r.codes, r.members\
      """;

  /** The tables that they are from. */
  public static final String FROM =
      """
       from curated.rollup r
       join curated.dataset d on d.id = r.dataset_id
      """;

  private static final String NONE = "-";

  private StoredRollup() {}

  /** Reads one. */
  public static Rollup read(ResultSet row) throws SQLException {
    String aggregation = row.getString(6);
    String dimension = row.getString(8);
    return new Rollup(
        row.getInt(1),
        new Code(row.getString(2)),
        row.getInt(3),
        Frequency.valueOf(row.getString(4)),
        Frequency.valueOf(row.getString(5)),
        aggregation == null ? null : Aggregation.valueOf(aggregation),
        row.getInt(7),
        dimension == null
            ? null
            : new RolledRegions(
                dimension,
                texts(row.getArray(9)),
                texts(row.getArray(10)).stream().map(StoredRollup::link).toList()));
  }

  static List<String> texts(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }

  private static Link link(String text) {
    String[] words = text.split(" ", -1);
    return new Link(words[0], words[1], true, day(words[2]), day(words[3]));
  }

  private static @Nullable LocalDate day(String text) {
    return text.equals(NONE) ? null : LocalDate.parse(text);
  }

  /** The members of regions as they are stored. */
  public static List<String> texts(List<Link> members) {
    List<String> texts = new ArrayList<>();
    for (Link link : members) {
      texts.add(String.join(" ", link.whole(), link.part(), text(link.from()), text(link.to())));
    }
    return texts;
  }

  private static String text(@Nullable LocalDate day) {
    return day == null ? NONE : day.toString();
  }
}
