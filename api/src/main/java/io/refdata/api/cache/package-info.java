/**
 * The cache of encoded responses. Responses that are still fresh are sent from memory, before the
 * request reaches a servlet. The common reads that are not cached are answered here too.
 */
@NullMarked
package io.refdata.api.cache;

import org.jspecify.annotations.NullMarked;
