/**
 * What every reference item has: a code that never changes, a name, a version, and properties that
 * describe themselves.
 */
@NullMarked
package io.refdata.reference;

import org.jspecify.annotations.NullMarked;
