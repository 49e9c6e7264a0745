package io.refdata.batch.proposal.sample;

import java.util.ArrayList;
import java.util.List;

/** The patterns in which publishers write times, the usual ones first; day before month. */
public final class TimePatterns {
  private static final List<String> DAYS =
      List.of(
          "yyyy-MM-dd",
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "dd.MM.yyyy",
          "dd-MM-yyyy",
          "MM-dd-yyyy",
          "yyyy/MM/dd",
          "yyyy.MM.dd",
          "yyyyMMdd",
          "d/M/yyyy",
          "M/d/yyyy",
          "d.M.yyyy",
          "d-M-yyyy",
          "dd/MM/yy",
          "MM/dd/yy",
          "dd.MM.yy",
          "d/M/yy",
          "M/d/yy",
          "d-MMM-yyyy",
          "dd-MMM-yyyy",
          "dd-MMM-yy",
          "d-MMM-yy",
          "d MMM yyyy",
          "dd MMM yyyy",
          "d MMMM yyyy",
          "MMM d, yyyy",
          "MMMM d, yyyy",
          "MMM dd, yyyy",
          "d. MMMM yyyy",
          "ddMMMyyyy",
          "EEE, d MMM yyyy");
  private static final List<String> LONGER =
      List.of(
          "MM/yyyy",
          "M/yyyy",
          "MM.yyyy",
          "MM-yyyy",
          "yyyy/MM",
          "MMM yyyy",
          "MMMM yyyy",
          "MMM-yyyy",
          "MMM-yy",
          "MMM yy",
          "yyyy MMM",
          "yyyy-MMM",
          "MMM.yyyy",
          "'Q'q yyyy",
          "'Q'q-yyyy",
          "'Q'q/yyyy",
          "yyyy 'Q'q",
          "yyyy/'Q'q",
          "q/yyyy",
          "'Q'q yy",
          "YYYY 'W'ww",
          "YYYY/ww");
  private static final List<String> TIMES =
      List.of(
          " HH:mm:ss",
          " HH:mm",
          "'T'HH:mm:ss",
          "'T'HH:mm",
          " H:mm",
          " H:mm:ss",
          " hh:mm a",
          " hh:mm:ss a",
          " h:mm a",
          " h:mm:ss a",
          " HH:mm:ss.SSS",
          " HH:mmXXX",
          " HH:mm:ssXXX",
          " HH:mm:ss XXX",
          " HH",
          "HHmm",
          ":HH:mm:ss");

  private TimePatterns() {}

  /**
   * The patterns of days and times, or of days and longer periods.
   *
   * @param withTimes whether texts have hours
   */
  public static List<String> all(boolean withTimes) {
    List<String> patterns = new ArrayList<>();
    if (withTimes) {
      for (String time : TIMES) {
        DAYS.forEach(day -> patterns.add(day + time));
      }
    } else {
      patterns.addAll(DAYS);
      patterns.addAll(LONGER);
    }
    return patterns;
  }

  /** The same pattern with month before day, or day before month; the same if there is no other. */
  public static String swapped(String pattern) {
    boolean figures = !pattern.contains("MMM") && pattern.contains("M") && pattern.contains("d");
    if (!figures || pattern.startsWith("yyyy")) {
      return pattern;
    }
    StringBuilder swapped = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      swapped.append(c == 'd' ? 'M' : c == 'M' ? 'd' : c);
    }
    return swapped.toString();
  }
}
