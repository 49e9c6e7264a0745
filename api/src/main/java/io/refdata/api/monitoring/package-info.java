/**
 * How the data is (fresh, of which quality, within its SLAs), how its loads run, and what operators
 * are told of: alerts and silences.
 */
@NullMarked
package io.refdata.api.monitoring;

import org.jspecify.annotations.NullMarked;
