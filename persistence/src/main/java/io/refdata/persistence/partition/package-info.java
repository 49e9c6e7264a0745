/** Which tables hold a dataset's observations: the one place that finds, makes and adopts them. */
@NullMarked
package io.refdata.persistence.partition;

import org.jspecify.annotations.NullMarked;
