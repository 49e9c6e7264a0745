package io.refdata.batch.proposal.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** A column of the lines that are looked at. */
public final class Column {
  private final int number;
  private final String name;
  private final boolean named;
  private final List<String> texts = new ArrayList<>();
  private final Set<String> distinct = new LinkedHashSet<>();
  private int filled;

  /**
   * @param number from 0
   * @param named false if the file has no header
   */
  public Column(int number, String name, boolean named) {
    this.number = number;
    this.name = name;
    this.named = named;
  }

  public void add(String text) {
    texts.add(text);
    if (!text.isEmpty()) {
      filled++;
      distinct.add(text);
    }
  }

  public int number() {
    return number;
  }

  public String name() {
    return name;
  }

  /** The name without accents, capitals, and what is no letter or digit. */
  public String plainName() {
    return named ? plain(name) : "";
  }

  /** A text without accents, capitals, and what is no letter or digit. */
  public static String plain(String text) {
    String small =
        Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT).replace('ø', 'o');
    return String.join("", Words.of(small));
  }

  /** The words of the name, without capitals. */
  public List<String> words() {
    return named ? words(name) : List.of();
  }

  public static List<String> words(String text) {
    return Words.ofCamelCase(text).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }

  /** The texts by line; empty where there is none. */
  public List<String> texts() {
    return texts;
  }

  /** The texts that are not empty, each once, in their order. */
  public Set<String> distinct() {
    return distinct;
  }

  /** The part of the lines that have a text. */
  public double fill() {
    return texts.isEmpty() ? 0 : (double) filled / texts.size();
  }

  /** The number of different texts for each line that has one. */
  public double uniqueness() {
    return filled == 0 ? 0 : (double) distinct.size() / filled;
  }

  /** The part of the distinct texts for which something is true; 0 if there are none. */
  public double share(Predicate<String> test) {
    return distinct.isEmpty()
        ? 0
        : (double) distinct.stream().filter(test).count() / distinct.size();
  }

  /** Writes the column into a source, by its name or its number. */
  public void putTo(ObjectNode source) {
    if (named) {
      source.put("column", name);
    } else {
      source.put("column", number + 1);
    }
  }

  public void addTo(ArrayNode columns) {
    if (named) {
      columns.add(name);
    } else {
      columns.add(number + 1);
    }
  }

  @Override
  public String toString() {
    return "'" + name + "'";
  }
}
