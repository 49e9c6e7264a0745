/**
 * The data that every deployment has from its first start: regions, units, and the code lists that
 * other items refer to.
 */
@NullMarked
package io.refdata.db.basics;

import org.jspecify.annotations.NullMarked;
