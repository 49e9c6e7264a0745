/** The indexes of the database: what they are used for, and whether they are needed and valid. */
@NullMarked
package io.refdata.persistence.index;

import org.jspecify.annotations.NullMarked;
