package io.refdata.api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.problem.Problem;
import io.refdata.reference.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, opaque to clients: the key of its last entry, and a mark of the list it
 * belongs to, so that it cannot be used for another.
 */
public final class PageCursor {
  private static final JsonMapper JSON = new JsonMapper();

  private PageCursor() {}

  /**
   * @param list what identifies the list: its path and its filters
   * @param key the key of the last entry
   */
  public static String of(String list, List<@Nullable String> key) {
    List<@Nullable String> parts = new ArrayList<>();
    parts.add(mark(list));
    parts.addAll(key);
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The key in a cursor.
   *
   * @param length how many parts it has
   * @throws Problem if the cursor is none of this list
   */
  public static List<@Nullable String> parse(String list, int length, String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.UTF_8));
      JsonNode parts = JSON.readTree(bytes);
      if (parts.isArray()
          && parts.size() == length + 1
          && parts.get(0).asText().equals(mark(list))) {
        List<@Nullable String> key = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
          key.add(parts.get(i).isNull() ? null : parts.get(i).asText());
        }
        return key;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw wrong();
    }
    throw wrong();
  }

  /**
   * The key in a cursor of a list by code.
   *
   * @throws Problem if the cursor is none of this list
   */
  public static Code code(String list, String cursor) {
    String code = parse(list, 1, cursor).get(0);
    return Code.parse(code == null ? "" : code).orElseThrow(PageCursor::wrong);
  }

  /** A cursor is none of the list it is used for. */
  public static Problem wrong() {
    return Problem.parameter("after", "is no cursor of this list");
  }

  private static String mark(String list) {
    return Integer.toHexString(list.hashCode());
  }
}
