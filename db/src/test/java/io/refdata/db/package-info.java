/** Tests of the package of the same name. */
@NullMarked
package io.refdata.db;

import org.jspecify.annotations.NullMarked;
