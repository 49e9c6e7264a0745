/** How a file is read: unzipped, decoded, cut into blocks of whole lines, and lines into fields. */
@NullMarked
package io.refdata.batch.file;

import org.jspecify.annotations.NullMarked;
