/** Tables in the formats of spreadsheets and of tools that read columns. */
@NullMarked
package io.refdata.api.table;

import org.jspecify.annotations.NullMarked;
