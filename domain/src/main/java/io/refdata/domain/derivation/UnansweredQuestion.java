package io.refdata.domain.derivation;

/** A question about observations that the data, as it is, gives no answer to. */
public class UnansweredQuestion extends RuntimeException {
  private final String parameter;

  /**
   * @param parameter the part of the question that is at fault
   * @param detail what is wrong, in words that follow the name of the parameter
   */
  public UnansweredQuestion(String parameter, String detail) {
    super(detail);
    this.parameter = parameter;
  }

  /** The part of the question that is at fault. */
  public String parameter() {
    return parameter;
  }
}
