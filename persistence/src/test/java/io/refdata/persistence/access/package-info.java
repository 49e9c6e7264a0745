/** Tests of keys and of actions on record. */
@NullMarked
package io.refdata.persistence.access;

import org.jspecify.annotations.NullMarked;
