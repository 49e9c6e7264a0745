/** The release gate: targets, measurements, verdicts and the report. */
@NullMarked
package io.refdata.perf.gate;

import org.jspecify.annotations.NullMarked;
