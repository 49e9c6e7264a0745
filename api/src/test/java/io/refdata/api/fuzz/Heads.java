package io.refdata.api.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Lines of the head of a request that are seldom seen, or wrong. */
final class Heads {
  private static final String[] ODD = {
    "Range: bytes=0-10",
    "Range: bytes=9999999-",
    "Expect: 100-continue",
    "Expect: nosuch",
    "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
    "Connection: upgrade",
    "TE: trailers",
    "Accept-Charset: utf-16",
    "Accept-Language: xx",
    "Origin: null",
    "Origin: http://evil.invalid",
    "Referer: \u00ff",
    "Cookie: a=b; c=\"d",
    "Authorization: Basic %%%",
    "Authorization: Bearer x.y.z",
    "X-Forwarded-Proto: javascript",
    "Forwarded: for=\"[::1]\";proto=x",
    "X-Forwarded-For: \u00ff",
    "X-Request-Id: " + "x".repeat(500),
    "X-Request-Id: \u00e9",
    "traceparent: x",
    "traceparent: 00-00000000000000000000000000000000-0000000000000000-00",
    "Cache-Control: no-cache",
    "Cache-Control: \u000b",
    "If-Modified-Since: yesterday",
    "If-Unmodified-Since: 0",
    "If-Range: x",
    "X-HTTP-Method-Override: DELETE",
    "Max-Forwards: -1",
    "Content-Language: x",
    "X-Change-Reason: \u00ff\u00fe",
    "X-Change-Reason: " + "r".repeat(5_000),
    "If-None-Match: " + "\u000b".repeat(8_000),
    "If-Match: " + "\" \"".repeat(3_000) + "x",
    "If-None-Match: " + "\"a\",".repeat(5_000),
    "Accept: " + "a/b,".repeat(5_000) + "*/*",
    "Accept-Encoding: " + "\u000b".repeat(8_000),
    "Accept-Encoding: " + ";".repeat(8_000) + "q=",
    "Accept-Encoding: gzip;q=0",
    "Accept-Encoding: gzip",
    "Accept-Encoding: identity;q=0, *;q=0"
  };

  private static final String[] ACCEPTS = {
    "*/*",
    "",
    "a",
    "a/b",
    "application/json",
    "APPLICATION/JSON",
    "application/json;charset=utf-8",
    "text/csv",
    "text/csv;charset=utf-8",
    "text/csv;q=0.5, application/json;q=0.4",
    "application/x-ndjson",
    "application/*",
    "text/*;q=abc",
    "*/*;q=",
    "*/*;q=2",
    "*/*;q=-1",
    "*/*;q=0",
    ";q=1",
    ",",
    "application/problem+json",
    "application/json;q=0, */*",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "*/json",
    "application/json;=",
    "application/json;\"",
    "application/vnd.sdmx.data+csv",
    "\u00ff/\u00ff",
    "application/json; a=\"b;c,d\"",
    "image/png"
  };

  private static final String[] CONTENT_TYPES = {
    "application/json",
    "application/json;charset=utf-8",
    "application/json; charset=utf-16",
    "application/json; charset=nosuch",
    "Application/JSON",
    "application/merge-patch+json",
    "text/csv",
    "text/csv; charset=iso-8859-1",
    "text/csv;charset=nosuch",
    "text/csv; header=absent",
    "application/x-ndjson",
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "a",
    "*/*",
    "",
    ";q=",
    "application/json;",
    "application/json;=",
    "application/octet-stream"
  };

  private Heads() {}

  static String accept(Chance chance) {
    return "Accept: " + chance.of(ACCEPTS);
  }

  static String contentType(Chance chance) {
    return "Content-Type: " + chance.of(CONTENT_TYPES);
  }

  static String odd(Chance chance) {
    return chance.of(ODD);
  }

  /** Lines that make a head which is no head. */
  static List<String> broken(Chance chance) {
    List<String> lines = new ArrayList<>();
    switch (chance.below(9)) {
      case 0 -> lines.add("Content-Length: 1000");
      case 1 -> lines.addAll(List.of("Content-Length: 1", "Content-Length: 2"));
      case 2 -> lines.add("Content-Length: -1");
      case 3 -> lines.add("Content-Length: 99999999999999999999");
      case 4 -> lines.add("Transfer-Encoding: chunked");
      case 5 -> lines.add("Transfer-Encoding: nosuch");
      case 6 -> lines.add("no colon");
      case 7 -> lines.add("X: \0");
      default -> {
        for (int i = 0; i < 1_000; i++) {
          lines.add("X-" + i + ": " + "y".repeat(100));
        }
      }
    }
    return lines;
  }
}
