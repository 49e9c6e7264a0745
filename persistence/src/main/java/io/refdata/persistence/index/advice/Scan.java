package io.refdata.persistence.index.advice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table in a plan.
 *
 * @param table with its schema
 * @param sequential true if the plan reads it as a whole
 * @param compared the columns that the statement compares
 * @param order the columns that the first rows are sorted by, if the statement reads only this
 *     table, sorts it and wants no more than its first rows
 */
record Scan(String table, boolean sequential, Comparisons compared, List<String> order) {
  private static final List<String> CONDITIONS =
      List.of("Filter", "Hash Cond", "Merge Cond", "Join Filter", "Recheck Cond", "Index Cond");

  /** The tables of a plan. */
  static List<Scan> of(JsonNode plan) {
    Map<String, Scan> scans = new LinkedHashMap<>();
    List<String> conditions = new ArrayList<>();
    collect(plan, List.of(), scans, conditions);
    scans.forEach(
        (alias, scan) -> conditions.forEach(condition -> scan.compared().add(condition, alias)));
    return List.copyOf(scans.values());
  }

  private static void collect(
      JsonNode node, List<String> order, Map<String, Scan> scans, List<String> conditions) {
    for (String kind : CONDITIONS) {
      if (node.path(kind).isTextual()) {
        conditions.add(node.get(kind).textValue());
      }
    }
    String alias = node.path("Alias").asText();
    if (node.has("Relation Name") && node.has("Schema") && !alias.isEmpty()) {
      String table = node.get("Schema").textValue() + "." + node.get("Relation Name").textValue();
      boolean sequential = node.get("Node Type").asText().equals("Seq Scan");
      scans.putIfAbsent(alias, new Scan(table, sequential, new Comparisons(), strip(order, alias)));
    }
    JsonNode children = node.path("Plans");
    List<String> below = children.size() == 1 ? orderBelow(node, order) : List.of();
    children.forEach(child -> collect(child, below, scans, conditions));
  }

  /** The order that the only child of a node should give. */
  private static List<String> orderBelow(JsonNode node, List<String> order) {
    return switch (node.get("Node Type").asText()) {
      case "Limit" -> List.of("");
      case "Sort", "Incremental Sort" -> order.isEmpty() ? order : texts(node.get("Sort Key"));
      case "Gather Merge", "Gather", "LockRows", "Result" -> order;
      default -> List.of();
    };
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Columns without their table; none if there is an expression among them. */
  private static List<String> strip(List<String> order, String alias) {
    List<String> columns = new ArrayList<>();
    for (String key : order) {
      String column = key.startsWith(alias + ".") ? key.substring(alias.length() + 1) : "(";
      if (column.contains("(")) {
        return List.of();
      }
      columns.add(column);
    }
    return columns;
  }
}
