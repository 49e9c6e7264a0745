package io.refdata.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A method of a path, as the description has it.
 *
 * @param path its template: {@code /api/v1/facilities/{code}}
 * @param bodies an example of each media type that it reads
 * @param answers what is said of each status, {@code default} among them
 */
record Operation(
    String method,
    String path,
    List<Parameter> parameters,
    Map<String, JsonNode> bodies,
    Map<String, JsonNode> answers) {
  /**
   * A parameter.
   *
   * @param in {@code path}, {@code query} or {@code header}
   * @param example a value that is right
   */
  record Parameter(String name, String in, JsonNode schema, String example) {}

  @Override
  public String toString() {
    return method + " " + path;
  }
}
