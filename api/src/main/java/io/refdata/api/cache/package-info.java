/**
 * Encoded answers kept in memory and given, as long as they are fresh, before any servlet is
 * reached.
 */
@NullMarked
package io.refdata.api.cache;

import org.jspecify.annotations.NullMarked;
