/** How loads are staged by COPY and merged in one transaction. */
@NullMarked
package io.refdata.persistence.load;

import org.jspecify.annotations.NullMarked;
