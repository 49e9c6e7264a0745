/**
 * The data that arrived, as it arrived: the files of loads and the pushes, and for how long they
 * are stored.
 */
@NullMarked
package io.refdata.persistence.payload;

import org.jspecify.annotations.NullMarked;
