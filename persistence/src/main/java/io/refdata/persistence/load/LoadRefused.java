package io.refdata.persistence.load;

/** A load cannot be; its message is for the data engineer who sent it. Nothing was changed. */
public class LoadRefused extends RuntimeException {
  public LoadRefused(String message) {
    super(message);
  }
}
