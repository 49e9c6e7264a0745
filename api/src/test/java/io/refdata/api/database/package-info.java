/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.database;

import org.jspecify.annotations.NullMarked;
