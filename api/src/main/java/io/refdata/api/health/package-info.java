/** Whether the platform is alive and able to answer, for probes and people. */
@NullMarked
package io.refdata.api.health;

import org.jspecify.annotations.NullMarked;
