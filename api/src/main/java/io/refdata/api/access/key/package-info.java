/** The keys of machines and tools: making, listing and revoking them, and their check. */
@NullMarked
package io.refdata.api.access.key;

import org.jspecify.annotations.NullMarked;
