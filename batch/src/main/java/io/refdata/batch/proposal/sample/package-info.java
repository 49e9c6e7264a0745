/**
 * Looks at the beginning of a file by itself: its encoding and form, its columns, and which of them
 * are times and numbers.
 */
@NullMarked
package io.refdata.batch.proposal.sample;

import org.jspecify.annotations.NullMarked;
