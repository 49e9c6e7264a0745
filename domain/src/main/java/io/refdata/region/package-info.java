/** The world, its continents and countries, and groups of them. */
@NullMarked
package io.refdata.region;

import org.jspecify.annotations.NullMarked;
