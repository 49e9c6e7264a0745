/** How the data is: fresh, of which quality, within its SLAs, and how its loads run. */
@NullMarked
package io.refdata.api.monitoring;

import org.jspecify.annotations.NullMarked;
