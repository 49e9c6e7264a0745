/** The changes of each revision: the history of one item, and the feed of all changes. */
@NullMarked
package io.refdata.persistence.history;

import org.jspecify.annotations.NullMarked;
