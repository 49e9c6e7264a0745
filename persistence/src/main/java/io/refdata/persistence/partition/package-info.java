/** The tables of a dataset's observations: the one place that finds, creates and adopts them. */
@NullMarked
package io.refdata.persistence.partition;

import org.jspecify.annotations.NullMarked;
