/** The schema's migrations and the call that applies them. */
@NullMarked
package io.refdata.db;

import org.jspecify.annotations.NullMarked;
