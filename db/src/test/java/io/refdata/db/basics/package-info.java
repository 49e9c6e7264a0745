/** Tests of the package of the same name. */
@NullMarked
package io.refdata.db.basics;

import org.jspecify.annotations.NullMarked;
