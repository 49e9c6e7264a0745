/** Times the requests, and gives all metrics at {@code /metrics}. */
@NullMarked
package io.refdata.api.metrics;

import org.jspecify.annotations.NullMarked;
