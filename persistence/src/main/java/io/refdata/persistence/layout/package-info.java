/** Stores layouts, reads them from JSON, and checks them against their targets. */
@NullMarked
package io.refdata.persistence.layout;

import org.jspecify.annotations.NullMarked;
