/**
 * The collections of reference data and their entities: regions, facilities, units and the others.
 */
@NullMarked
package io.refdata.domain.catalogue;

import org.jspecify.annotations.NullMarked;
