/** Tests of the package of the same name, with the tools that people have. */
@NullMarked
package io.refdata.api.table;

import org.jspecify.annotations.NullMarked;
