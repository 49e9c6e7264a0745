package io.refdata.domain.item.fault;

/** There is no item of that code. */
public class NoSuchItem extends RuntimeException {
  public NoSuchItem(String collection, String code) {
    super(collection + " has no item with the code " + code);
  }
}
