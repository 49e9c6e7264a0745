/** Service level agreements (SLAs), and how far they are kept. */
@NullMarked
package io.refdata.persistence.sla;

import org.jspecify.annotations.NullMarked;
