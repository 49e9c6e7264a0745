/** Code lists and their codes. */
@NullMarked
package io.refdata.codelist;

import org.jspecify.annotations.NullMarked;
