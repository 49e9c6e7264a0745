/** Work that waits in a table of the database, and is claimed by one server for some time. */
@NullMarked
package io.refdata.api.queue;

import org.jspecify.annotations.NullMarked;
