/** Loads of reference items: lines become rows of one staging table. */
@NullMarked
package io.refdata.batch.load.item;

import org.jspecify.annotations.NullMarked;
