/** What was changed in each revision: the life of one item, and all changes in their order. */
@NullMarked
package io.refdata.persistence.history;

import org.jspecify.annotations.NullMarked;
