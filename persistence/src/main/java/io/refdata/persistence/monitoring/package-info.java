/** The freshness of the datasets, and the times of the loads of each layout. */
@NullMarked
package io.refdata.persistence.monitoring;

import org.jspecify.annotations.NullMarked;
