/** How reference items are found, written and refused. */
@NullMarked
package io.refdata.persistence.reference;

import org.jspecify.annotations.NullMarked;
