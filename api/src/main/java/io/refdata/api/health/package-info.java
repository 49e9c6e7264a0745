/** Tells probes and operators whether the platform is alive and ready. */
@NullMarked
package io.refdata.api.health;

import org.jspecify.annotations.NullMarked;
