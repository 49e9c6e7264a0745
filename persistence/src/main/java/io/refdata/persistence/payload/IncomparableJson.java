package io.refdata.persistence.payload;

/** The database cannot compare a JSON text, because a number in it is too long. */
public class IncomparableJson extends RuntimeException {
  IncomparableJson(Throwable cause) {
    super("a number in it is too large or too small", cause);
  }
}
