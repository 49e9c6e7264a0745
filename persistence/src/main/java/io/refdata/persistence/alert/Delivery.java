package io.refdata.persistence.alert;

import java.time.Instant;
import java.util.UUID;

/**
 * A change of an alert on its way to one receiver. It has the same id each time it is sent, so that
 * a receiver can tell that it has it already.
 *
 * @param attempts how often it was sent, this time included
 * @param created when the alert changed
 */
public record Delivery(UUID id, int attempts, Instant created, String body) {}
