package io.refdata.domain.calculation;

/** A function of the bars of a series. */
public sealed interface BarFunction permits Line, Envelope, Crossings {
  /** Its name. */
  FunctionName name();

  /** Its name and its arguments, like {@code ma:20}: no two functions have the same. */
  String label();

  /** The number of its columns of values; 0 if it has none. */
  int columns();

  /** The status of its value at each bar: the worst of the bars that the value is made of. */
  String[] statuses(Bars of);
}
