package io.refdata.persistence.alert;

import java.util.List;
import java.util.Map;

/** Deliveries that wait to be sent, in the order of the changes of each alert. */
public interface DeliveryQueue {
  /**
   * Takes one delivery that is due for each receiver that has one. Nobody else gets it until its
   * sender has had the time to send it.
   */
  Map<Receiver, Delivery> claim(List<Receiver> receivers);

  /** The receiver has it. */
  void sent(Receiver receiver, Delivery delivery, int status);

  /** The receiver does not have it: it is sent again later, unless that was tried long enough. */
  void failed(Receiver receiver, Delivery delivery, int status, String detail);

  /** The receiver wants no more: nothing is sent to it any longer. */
  void refused(Receiver receiver, Delivery delivery);
}
