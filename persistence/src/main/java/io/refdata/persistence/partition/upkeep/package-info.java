/**
 * Creates partitions ahead of the observations, and removes those that are older than the
 * retention.
 */
@NullMarked
package io.refdata.persistence.partition.upkeep;

import org.jspecify.annotations.NullMarked;
