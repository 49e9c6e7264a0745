/** Tests of the SQL of lists of items, without a database. */
@NullMarked
package io.refdata.persistence.item.query;

import org.jspecify.annotations.NullMarked;
