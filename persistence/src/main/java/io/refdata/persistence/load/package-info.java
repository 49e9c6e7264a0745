/** The record of loads: their order, their state, their files. */
@NullMarked
package io.refdata.persistence.load;

import org.jspecify.annotations.NullMarked;
