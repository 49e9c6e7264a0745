/** Histories of items, and the feed of all changes. */
@NullMarked
package io.refdata.api.history;

import org.jspecify.annotations.NullMarked;
