package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.proposal.sample.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps texts to the codes that their words name: {@code Hard coal} to {@code COAL}. */
final class WordMap {
  /** Words for codes; only those count whose code the list has. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("WATER", "HYDRO"),
          Map.entry("HYDROELECTRIC", "HYDRO"),
          Map.entry("HYDROPOWER", "HYDRO"),
          Map.entry("PHOTOVOLTAIC", "SOLAR"),
          Map.entry("PV", "SOLAR"),
          Map.entry("LIGNITE", "COAL"),
          Map.entry("DIESEL", "OIL"),
          Map.entry("PETROLEUM", "OIL"),
          Map.entry("BATTERY", "STORAGE"),
          Map.entry("URANIUM", "NUCLEAR"),
          Map.entry("TIDAL", "WAVE_AND_TIDAL"),
          Map.entry("WAVE", "WAVE_AND_TIDAL"),
          Map.entry("BIOGAS", "BIOMASS"),
          Map.entry("WOOD", "BIOMASS"),
          Map.entry("MIXED", "OTHER"),
          Map.entry("UNSPECIFIED", "OTHER"),
          Map.entry("OTHERS", "OTHER"));

  /** The fuel of a pumped storage, though its texts name water first. */
  private static final String PUMPED = "PUMPED";

  private static final String STORAGE = "STORAGE";

  private WordMap() {}

  /** The texts to look up, so that words of these texts can be mapped. */
  static List<String> lookedUp(Collection<String> texts) {
    List<String> words = new ArrayList<>(texts);
    texts.forEach(text -> words.addAll(words(text)));
    words.addAll(WORDS.values());
    return words;
  }

  private static List<String> words(String text) {
    return Words.of(text.toUpperCase(Locale.ROOT));
  }

  /** The codes by text. A text whose words name none is not there. */
  static ObjectNode of(Collection<String> texts, Lookup list) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (String text : texts) {
      int bracket = text.indexOf('(');
      Optional<String> code =
          bracket <= 0
              ? Optional.empty()
              : Optional.ofNullable(code(text.substring(0, bracket), list));
      code.or(() -> Optional.ofNullable(code(text, list))).ifPresent(found -> map.put(text, found));
    }
    return map;
  }

  private static @Nullable String code(String text, Lookup list) {
    List<String> words = words(text);
    if (words.contains(PUMPED) && has(list, STORAGE)) {
      return STORAGE;
    }
    for (String word : words) {
      String known = WORDS.containsKey(word) ? Objects.requireNonNull(WORDS.get(word)) : word;
      for (String candidate : List.of(word, known)) {
        if (has(list, candidate)) {
          return candidate;
        }
      }
    }
    return null;
  }

  private static boolean has(Lookup list, String code) {
    return list.find(Lookup.Way.CODE, code).isPresent();
  }
}
