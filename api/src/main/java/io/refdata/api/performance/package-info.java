/** The tests of the running system: what each measures, and how a run is begun and read. */
@NullMarked
package io.refdata.api.performance;

import org.jspecify.annotations.NullMarked;
