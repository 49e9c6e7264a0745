package io.refdata.api.platform;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of writes that have numbers. Each write is of one year, that of its number, and has a
 * value of its own for each of three indicators.
 *
 * @param numbers of the writes that are there as a whole
 * @param wrong values that nobody wrote, and writes of which a part is there
 */
record WrittenValues(Set<Integer> numbers, List<String> wrong) {
  static final List<String> INDICATORS = List.of("outage_a", "outage_b", "outage_c");

  private static final String HEAD = "key,indicator,time,value,status";

  /** A write as a push has it. */
  static String json(int number) {
    return IntStream.range(0, INDICATORS.size())
        .mapToObj(
            i ->
                "{\"indicator\": \"%s\", \"time\": \"%04d\", \"value\": %d}"
                    .formatted(INDICATORS.get(i), number, value(number, i)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** A write as a load has it. */
  static String csv(int number) {
    return IntStream.range(0, INDICATORS.size())
        .mapToObj(i -> "%s,%04d,%d%n".formatted(INDICATORS.get(i), number, value(number, i)))
        .collect(Collectors.joining("", "indicator,time,value\n", ""));
  }

  private static int value(int number, int indicator) {
    return 10 * number + indicator;
  }

  /** The written values of a dataset, from its observations as CSV. */
  static WrittenValues of(String csv) {
    List<String> lines = csv.lines().toList();
    List<String> wrong = new ArrayList<>();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      wrong.add("head " + lines);
    }
    Map<Integer, Set<String>> found = new HashMap<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String[] fields = line.split(",", -1);
      int number = Integer.parseInt(fields[2]);
      int indicator = INDICATORS.indexOf(fields[1]);
      boolean right =
          new BigDecimal(fields[3]).compareTo(BigDecimal.valueOf(value(number, indicator))) == 0
              && found.computeIfAbsent(number, any -> new TreeSet<>()).add(fields[1]);
      if (!right) {
        wrong.add("line " + line);
      }
    }
    found.forEach(
        (number, indicators) -> {
          if (indicators.size() < INDICATORS.size()) {
            wrong.add("half of write " + number);
          }
        });
    return new WrittenValues(found.keySet(), wrong);
  }
}
