/** The release gate: targets, what was measured of them, the verdicts, and the report. */
@NullMarked
package io.refdata.perf.gate;

import org.jspecify.annotations.NullMarked;
