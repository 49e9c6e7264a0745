/**
 * The keys of machines and tools, the tokens that were ended, and the record of actions, which
 * leave no revision.
 */
@NullMarked
package io.refdata.persistence.access;

import org.jspecify.annotations.NullMarked;
