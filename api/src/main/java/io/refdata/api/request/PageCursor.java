package io.refdata.api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Texts;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page, opaque to clients: the key of its last entry, and a hash of its list, so that
 * the cursor cannot be used for another list.
 */
public final class PageCursor {

  private PageCursor() {}

  /**
   * Encodes a cursor.
   *
   * @param list the identity of the list: its path and its filters
   * @param key the key of the last entry
   */
  public static String of(String list, List<@Nullable String> key) {
    List<@Nullable String> parts = new ArrayList<>();
    parts.add(hash(list));
    parts.addAll(key);
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Json.MAPPER.writeValueAsBytes(parts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The key in a cursor. Only a result of {@link #of} is accepted: texts that can be stored,
   * encoded exactly as {@link #of} encodes them.
   *
   * @param length the number of parts of the key
   * @throws Problem if the cursor is not of this list
   */
  public static List<@Nullable String> parse(String list, int length, String cursor) {
    List<@Nullable String> key = new ArrayList<>();
    for (JsonNode part : parts(cursor)) {
      if (!part.isNull() && !(part.isTextual() && Texts.fault(part.asText()).isEmpty())) {
        throw wrong();
      }
      key.add(part.isNull() ? null : part.asText());
    }
    if (key.size() != length + 1 || !of(list, key.subList(1, key.size())).equals(cursor)) {
      throw wrong();
    }
    return key.subList(1, key.size());
  }

  private static JsonNode parts(String cursor) {
    try {
      return Json.MAPPER.readTree(
          Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw wrong();
    }
  }

  /** The key in a cursor of a list that is ordered by a single text, which is never null. */
  public static String only(String list, String cursor) {
    String key = parse(list, 1, cursor).get(0);
    if (key == null) {
      throw wrong();
    }
    return key;
  }

  /**
   * The key in a cursor of a list that is ordered by code.
   *
   * @throws Problem if the cursor is not of this list
   */
  public static Code code(String list, String cursor) {
    return Code.parse(only(list, cursor)).orElseThrow(PageCursor::wrong);
  }

  /**
   * An instant in a cursor.
   *
   * @throws Problem if it is none that the platform stores
   */
  public static Instant instant(String text) {
    try {
      Instant instant = Instant.parse(text);
      if (Frequency.isInRange(instant)) {
        return instant;
      }
    } catch (DateTimeException e) {
      throw wrong();
    }
    throw wrong();
  }

  /** The problem of a cursor that is not of the requested list. */
  public static Problem wrong() {
    return Problem.parameter("after", "is not a cursor of this list");
  }

  private static String hash(String list) {
    return Integer.toHexString(list.hashCode());
  }
}
