/**
 * The state of the data (its freshness, its quality, its SLAs), the times of its loads, and the
 * alerts and silences of operators.
 */
@NullMarked
package io.refdata.api.monitoring;

import org.jspecify.annotations.NullMarked;
