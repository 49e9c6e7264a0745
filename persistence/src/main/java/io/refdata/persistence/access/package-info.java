/**
 * Who may come in: the keys of machines and tools, and what was asked for that leaves no revision.
 */
@NullMarked
package io.refdata.persistence.access;

import org.jspecify.annotations.NullMarked;
