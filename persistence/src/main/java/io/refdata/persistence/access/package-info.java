/** The keys of machines and tools, and the record of actions, which leave no revision. */
@NullMarked
package io.refdata.persistence.access;

import org.jspecify.annotations.NullMarked;
